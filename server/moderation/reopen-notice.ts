import type { Work } from '../deps.ts'
import { enqueue } from '../outbox.ts'
import type { NoticeBefore } from './decide-notice.ts'
import { NOTICE_MAIL } from './notice-mail.ts'
import { changeNotice } from './notice-store.ts'
import type { ActRow } from './store.ts'

/** Lets a notice wait again that was decided on, and tells those who were told. Answers the act on its comment, if there was one. */
export async function reopenNotice(
  work: Work,
  site: string,
  { subject, before }: ActRow,
): Promise<string | null> {
  const { refused } = JSON.parse(before) as NoticeBefore
  await changeNotice(work.db, site, subject, {
    ...{ state: 'received', statement: '', decided_by: null, decided_at: null },
  })
  for (const mail of refused === null ? ['reopened'] : ['reopened', 'author_reopened'])
    await enqueue(work, site, NOTICE_MAIL, { notice: subject, mail })
  return refused
}
