import type { Kysely } from 'kysely'
import type { NewNotice, NoticeReceipt } from '../contract/moderation.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { type MailPace, mayMail } from '../identity/mail-pace.ts'
import { enqueue } from '../outbox.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { hashSecret } from '../secrets.ts'
import { noticeCode } from './notice-code.ts'
import { NOTICE_MAIL } from './notice-mail.ts'
import { hasComment, insertNotice, type NoticeRow, noticeByCode } from './notice-store.ts'

/** How many receipts one mailbox is sent: whoever names a stranger's address does not flood it. The answer is a receipt, too. */
const RECEIPTS: MailPace[] = [{ kind: 'notice-receipt', most: 20, withinMs: 24 * 60 * 60_000 }]

/** Takes a notice of illegal content (Regulation (EU) 2022/2065, article 16); its receipt is confirmed by mail at once. */
export async function giveNotice(
  work: Work,
  site: string,
  secret: string,
  { comment, url, reason, explanation, name = '', mail = '' }: NewNotice,
): Promise<NoticeRow> {
  const { db, emit, now, newId } = work
  if (comment !== undefined && !(await hasComment(db, site, comment)))
    throw new AppError('not_found', 'is no comment of this site', { field: 'comment' })
  const id = newId()
  const row: NoticeRow = {
    ...{ site_id: site, id, code_hash: hashSecret(noticeCode(secret, site, id)) },
    ...{ comment_id: comment ?? null, url, reason, explanation, name, mail },
    ...{ state: 'received', statement: '', decided_by: null, at: now(), decided_at: null },
  }
  await insertNotice(db, row)
  emit({ type: 'moderation', site, at: now() })
  if (mail && (await mayMail(work, site, mail, RECEIPTS)))
    await enqueue(work, site, NOTICE_MAIL, { notice: id, mail: 'received' })
  return row
}

/** What whoever sent a notice may know of it, by its code. */
export async function readReceipt(db: Kysely<Database>, site: string, code: string): Promise<NoticeReceipt> {
  const row = await noticeByCode(db, site, hashSecret(code))
  if (!row) throw new AppError('not_found', 'There is no such notice')
  return { code, ...(await toReceipt(db, site, row)) }
}

/** A notice as its sender sees it, but for its code. */
export async function toReceipt(
  db: Kysely<Database>,
  site: string,
  { state, at, decided_at, statement }: NoticeRow,
): Promise<Omit<NoticeReceipt, 'code'>> {
  const { contact } = await commentSettings(db, site)
  return {
    state,
    at: new Date(at).toISOString(),
    decidedAt: decided_at === null ? null : new Date(decided_at).toISOString(),
    statement,
    contact,
  }
}
