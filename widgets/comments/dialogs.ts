import { OpenDialog } from '../ui/open-dialog.ts'
import type { CommentsHost } from './host.ts'

/** The dialog of a comments element, loaded when the first is opened. */
export const dialogOf = (host: CommentsHost): OpenDialog => new OpenDialog(host, host.texts.t('close'))
