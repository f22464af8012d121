import type { NoticeReason } from '../contract/moderation-models.ts'
import type { NoticeRow } from './notice-store.ts'

/** What mails about notices are written with. */
export interface Told {
  site: string
  notice: Pick<NoticeRow, 'url' | 'reason' | 'state' | 'statement'>
  code: string
  /** Where to object; '' if the owner named nothing. */
  contact: string
  /** What the author wrote. */
  body: string
}

/** A mail's words. */
interface Words {
  subject: string
  text: string
}

const REASONS: Record<NoticeReason, string> = {
  hate: 'incitement to hatred',
  violence: 'violence or threats',
  child_safety: 'protection of minors',
  terrorism: 'terrorist content',
  privacy: 'protection of personal data or privacy',
  intellectual_property: 'intellectual property',
  fraud: 'fraud or scam',
  defamation: 'defamation',
  other: 'another ground',
}

const paragraphs = (...parts: string[]): string => `${parts.filter(Boolean).join('\n\n')}\n`

const reasonOf = ({ reason }: Told['notice']): string => REASONS[reason as NoticeReason]

/** To whom somebody turns who does not agree (articles 17(3)(f), 20 and 21). */
const redress = (contact: string): string =>
  `If you do not agree, you can object${contact ? `: ${contact}` : ' to whoever runs the site'}. You may also turn to a certified out-of-court dispute settlement body, or to a court.`

/** Confirms that a notice has come in (article 16(4)). Says nothing that its sender wrote: the address may be a stranger's. */
export const receivedWords = ({ site, notice, code, contact }: Told): Words => ({
  subject: `Your notice to ${site} was received`,
  text: paragraphs(
    `${site} has received a notice of illegal content that names this address as its sender's.`,
    `Where: ${notice.url}\nGround: ${reasonOf(notice)}\nReceipt code: ${code}`,
    'Somebody will look at it and decide; you will be told by mail.',
    contact && `Questions: ${contact}`,
    'If you sent no such notice, you need do nothing.',
  ),
})

/** Tells whoever gave notice what was decided (article 16(5) and (6)). */
export const decidedWords = ({ site, notice, code, contact }: Told): Words => ({
  subject: `${site} has decided on your notice`,
  text: paragraphs(
    notice.state === 'removed'
      ? 'What you gave notice of has been removed.'
      : 'What you gave notice of stays where it is.',
    `Where: ${notice.url}\nGround: ${reasonOf(notice)}\nReceipt code: ${code}`,
    `Why:\n${notice.statement}`,
    'A person decided this; no automated means were used.',
    redress(contact),
  ),
})

/** Gives the author the reasons why what they wrote was removed (article 17). */
export const authorWords = ({ site, notice, contact, body }: Told): Words => ({
  subject: `${site} has removed a comment of yours`,
  text: paragraphs(
    `After a notice of illegal content, a comment of yours is no longer shown on ${site}.`,
    `Where: ${notice.url}\nGround: ${reasonOf(notice)}`,
    `What you wrote:\n${body.replaceAll(/^/gm, '> ')}`,
    `Why:\n${notice.statement}`,
    'A person decided this; no automated means were used. It holds without end, everywhere.',
    redress(contact),
  ),
})

/** Tells that a decision was taken back. */
export const reopenedWords = ({ site, notice, code, contact }: Told): Words => ({
  subject: `${site} has taken back its decision on a notice`,
  text: paragraphs(
    'What was decided on a notice of illegal content has been taken back. It will be looked at again.',
    `Where: ${notice.url}\nGround: ${reasonOf(notice)}${code && `\nReceipt code: ${code}`}`,
    contact && `Questions: ${contact}`,
  ),
})
