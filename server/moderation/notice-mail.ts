import type { Deps } from '../deps.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { noticeCode } from './notice-code.ts'
import { commentToTell, type NoticeRow, nameOfSite, noticeById } from './notice-store.ts'
import { authorWords, decidedWords, receivedWords, reopenedWords } from './notice-texts.ts'

/** The topic of mails about notices. */
export const NOTICE_MAIL = 'notice-mail'

/** What a mail about a notice says: to its sender, or to the author of the comment. */
export interface NoticeMail {
  notice: string
  mail: 'received' | 'decided' | 'reopened' | 'author' | 'author_reopened'
}

const WORDS = {
  received: receivedWords,
  decided: decidedWords,
  reopened: reopenedWords,
  author: authorWords,
  author_reopened: reopenedWords,
}

/** Whether what a mail tells is still so. */
const isStill = (mail: NoticeMail['mail'], state: NoticeRow['state']): boolean => {
  if (mail === 'received') return true
  return mail === 'decided' || mail === 'author' ? state !== 'received' : state === 'received'
}

/** Sends one mail about a notice, unless what it tells has been taken back meanwhile. */
export async function mailNotice(deps: Deps, site: string, body: unknown, id: string): Promise<void> {
  const { notice: noticeId, mail } = body as NoticeMail
  const { read } = deps
  const notice = await noticeById(read, site, noticeId)
  if (!notice || !isStill(mail, notice.state)) return
  const toAuthor = mail === 'author' || mail === 'author_reopened'
  const comment =
    toAuthor && notice.comment_id !== null ? await commentToTell(read, site, notice.comment_id) : undefined
  const to = toAuthor ? comment?.mail : notice.mail
  if (!to) return
  const [{ contact }, name] = [await commentSettings(read, site), await nameOfSite(read, site)]
  const code = toAuthor ? '' : noticeCode(await deps.secret(), site, noticeId)
  const words = WORDS[mail]({ site: name, notice, code, contact, body: comment?.body ?? '' })
  await deps.mail.send({ to, ...words, id })
}
