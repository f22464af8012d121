import { html, type TemplateResult } from 'lit'
import { icon } from './icon.ts'

/** What a dialog shows. */
export interface DialogParts {
  title: string
  /** The name of the close button. */
  close: string
  body: unknown
}

/** A modal dialog; whoever renders it calls `showModal()` and drops it on `close`. */
export const dialog = (
  { title, close, body }: DialogParts,
  onClose: (event: Event) => void,
): TemplateResult => html`
  <dialog part="dialog" aria-label=${title} @close=${onClose} @click=${closeOutside}>
    <div class="sheet">
      <header>
        <h2>${title}</h2>
        <button type="button" class="icon" aria-label=${close} @click=${closeNearest}>
          ${icon('M6.5 6.5l11 11M17.5 6.5l-11 11')}
        </button>
      </header>
      ${body}
    </div>
  </dialog>
`

// The sheet covers the dialog: a click on the dialog itself is one on its backdrop.
const closeOutside = (event: Event) => {
  if (event.target === event.currentTarget) (event.currentTarget as HTMLDialogElement).close()
}

const closeNearest = (event: Event) => (event.currentTarget as HTMLElement).closest('dialog')?.close()
