import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { MailCode } from '../contract/sign-in.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { mailMark } from '../identity/marks.ts'
import { mailAccount } from '../identity/rules.ts'
import { enqueue } from '../outbox.ts'
import { seal, unseal } from '../seal.ts'

const MINUTE_MS = 60_000
/** How long a code is good, in ms. */
const CODE_MS = 10 * MINUTE_MS
/** How often a code may be tried. */
const MOST_ATTEMPTS = 5
/** Codes that one mailbox is sent within an hour, whoever asks for them. */
const MOST_CODES = 5
const HOUR_MS = 60 * MINUTE_MS

const KIND = 'mail-code'

/** What is kept of a code: its HMAC, which nobody can find it by without the server's secret, and when others were sent. */
interface Kept {
  mac: string
  sent: number[]
}

/** What a code's mail is made of, in the outbox. The code is sealed: it stands nowhere as it is. */
export interface CodeMail {
  mail: string
  mark: string
  sealed: string
  expiresAt: number
  lang: string
}

/** What codes are sealed for. */
const SEALED_FOR = 'mail code'

/** Somebody who wants a code: where to, and in which language, with this installation's secret. */
export interface Asking {
  mail: string
  lang: string
  secret: string
}

/** Sends a code of six digits to a mailbox, known or not. One that was sent before is void. */
export async function sendCode(work: Work, site: string, { mail, lang, secret }: Asking): Promise<MailCode> {
  const { db } = work
  const at = work.now()
  const mark = markOf(mail)
  const before = await codeOf(db, site, mark)
  const sent = (before?.sent ?? []).filter((then) => then > at - HOUR_MS)
  if (sent.length >= MOST_CODES)
    throw new AppError('rate_limited', 'This address was sent too many codes; try again later', {
      field: 'mail',
      retryAfter: ((sent[0] as number) + HOUR_MS - at) / 1000,
    })
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const kept: Kept = { mac: macOf(secret, site, mail, code), sent: [...sent, at] }
  const expiresAt = at + CODE_MS
  // Kept for longer than the code is good: it counts how many were sent.
  const row = { data: JSON.stringify(kept), attempts: 0, at, expires_at: at + HOUR_MS }
  await db
    .insertInto('sign_in')
    .values({ site_id: site, kind: KIND, token_hash: mark, ...row })
    .onConflict((conflict) => conflict.columns(['site_id', 'kind', 'token_hash']).doUpdateSet(row))
    .execute()
  const body: CodeMail = { mail, mark, sealed: seal(secret, SEALED_FOR, code), expiresAt, lang }
  await enqueue(work, site, 'send-code', body)
  return { mail, expiresAt: new Date(expiresAt).toISOString() }
}

/**
 * Tries a code: 'right' once and for the first who comes with it; else how many attempts are left; 'void' where
 * there is none that could be right. Each try counts, so the transaction must not be rolled back for the answer.
 */
export async function tryCode(
  { db, now }: Work,
  site: string,
  { mail, code, secret }: { mail: string; code: string; secret: string },
): Promise<'right' | 'void' | number> {
  const mark = markOf(mail)
  const tried = await db
    .updateTable('sign_in')
    .set((set) => ({ attempts: set('attempts', '+', 1) }))
    .where('site_id', '=', site)
    .where('kind', '=', KIND)
    .where('token_hash', '=', mark)
    .where('attempts', '<', MOST_ATTEMPTS)
    .where('at', '>', now() - CODE_MS)
    .returning(['data', 'attempts'])
    .executeTakeFirst()
  if (!tried) return 'void'
  const { mac } = JSON.parse(tried.data) as Kept
  if (!timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(secret, site, mail, code))))
    return tried.attempts < MOST_ATTEMPTS ? MOST_ATTEMPTS - tried.attempts : 'void'
  await db
    .deleteFrom('sign_in')
    .where('site_id', '=', site)
    .where('kind', '=', KIND)
    .where('token_hash', '=', mark)
    .execute()
  return 'right'
}

/** A code out of its mail, if it is still worth sending: good, and no newer one was asked for. */
export async function openCode(
  db: Kysely<Database>,
  site: string,
  { mail, mark, sealed, expiresAt }: CodeMail,
  { secret, now }: { secret: string; now: number },
): Promise<string | undefined> {
  const code = unseal(secret, SEALED_FOR, sealed)
  const kept = await codeOf(db, site, mark)
  return now < expiresAt && kept?.mac === macOf(secret, site, mail, code) ? code : undefined
}

async function codeOf(db: Kysely<Database>, site: string, mark: string): Promise<Kept | undefined> {
  const row = await db
    .selectFrom('sign_in')
    .select('data')
    .where('site_id', '=', site)
    .where('kind', '=', KIND)
    .where('token_hash', '=', mark)
    .executeTakeFirst()
  return row && (JSON.parse(row.data) as Kept)
}

function markOf(mail: string): string {
  const mark = mailMark(mail)
  if (!mark) throw new AppError('invalid', 'is not a mail address', { field: 'mail' })
  return mark
}

/** A code is for the address that it was sent to, not for all that are limited together. */
const macOf = (secret: string, site: string, mail: string, code: string): string =>
  createHmac('sha256', secret)
    .update(`sign-in ${site} ${mailAccount(mail)} ${code}`)
    .digest('base64url')
