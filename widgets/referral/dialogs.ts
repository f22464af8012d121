import { shareDialogStyles } from '../share/share-dialogs.styles.ts'
import { OpenDialog } from '../ui/open-dialog.ts'
import type { ReferralHost } from './host.ts'
import { receiptStyles } from './receipt.styles.ts'

/** The dialog of a referral element, loaded when the first is opened. */
export const dialogOf = (host: ReferralHost): OpenDialog =>
  new OpenDialog(host, host.texts.t('close'), shareDialogStyles, receiptStyles)
