import type { Referral } from '../../server/contract/referral.ts'
import type { Texts } from '../core/i18n.ts'
import type { ReferralKey } from '../locales/referral.en.ts'
import type { OpenDialogHost, View } from '../ui/open-dialog.ts'

/** The referral element, as its parts know it. */
export interface ReferralHost extends OpenDialogHost {
  readonly texts: Texts<ReferralKey>
  /** Everything the server knows; undefined until it has answered. */
  readonly data: Referral | undefined
  /** The page that friends are invited to. */
  readonly page: string
  readonly noLeaderboard: boolean
  /** What was copied a moment ago. */
  readonly copied: string | undefined
  /** Copies a text and says so; answers whether it could. */
  copy(text: string): Promise<boolean>
  /** Says something to those who do not see it. */
  say(words: string): void
  /** Opens a dialog. */
  open(view: () => View): Promise<void>
  /** Asks the server anew. */
  reload(): Promise<void>
  /** Tells the page of what did not work. */
  fail(error: unknown): void
  /** Fires an event of the element's own. */
  dispatchEvent(event: Event): boolean
}

/** A part of the element that draws itself. */
export interface Part {
  render(): unknown
}
