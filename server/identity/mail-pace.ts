import { sql } from 'kysely'
import type { Work } from '../deps.ts'
import { fingerprint } from '../secrets.ts'
import { mailbox } from './rules.ts'

/** Mails of one kind that a stranger can set off: how many go to one mailbox, and within which time, in ms. */
export interface MailPace {
  kind: string
  most: number
  withinMs: number
}

/** Whether a mailbox may be sent one more mail, which counts as sent. However its address is written, it is one. */
export async function mayMail(
  work: Work,
  site: string,
  mail: string,
  paces: readonly MailPace[],
): Promise<boolean> {
  const mark = fingerprint(mailbox(mail) ?? mail)
  for (const pace of paces) if (!(await countMail(work, site, mark, pace))) return false
  return true
}

async function countMail(
  { db, now }: Work,
  site: string,
  mark: string,
  { kind, most, withinMs }: MailPace,
): Promise<boolean> {
  const at = now()
  const row = { data: '{}', attempts: 1, at, expires_at: at + withinMs }
  const anew = sql<boolean>`sign_in.expires_at <= ${at}`
  const { attempts } = await db
    .insertInto('sign_in')
    .values({ site_id: site, kind, token_hash: mark, ...row })
    .onConflict((conflict) =>
      conflict.columns(['site_id', 'kind', 'token_hash']).doUpdateSet({
        attempts: sql`case when ${anew} then 1 else sign_in.attempts + 1 end`,
        expires_at: sql`case when ${anew} then ${row.expires_at} else sign_in.expires_at end`,
      }),
    )
    .returning('attempts')
    .executeTakeFirstOrThrow()
  return attempts <= most
}
