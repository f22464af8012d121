import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit'
import { dialogStyles } from './dialog.styles.ts'
import { dialog } from './dialog.ts'

/** What a dialog shows, drawn anew whenever its element is. */
export interface View {
  title: string
  body: unknown
}

/** An element that can have a dialog. */
export interface OpenDialogHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment
}

/** The one dialog of an element, which shows one thing after another. */
export class OpenDialog implements ReactiveController {
  #host: OpenDialogHost
  #close: string
  #view: (() => View) | undefined
  #turned = false

  /** Dresses the host for its dialog. `close` is the name of the close button. */
  constructor(host: OpenDialogHost, close: string, ...styles: { styleSheet?: CSSStyleSheet | undefined }[]) {
    this.#host = host
    this.#close = close
    const sheets = [dialogStyles, ...styles].flatMap(({ styleSheet }) => styleSheet ?? [])
    ;(host.renderRoot as ShadowRoot).adoptedStyleSheets.push(...sheets)
    host.addController(this)
  }

  /** Shows this, in place of what is shown. */
  open(view: () => View): void {
    this.#view = view
    this.#turned = true
    this.#host.requestUpdate()
  }

  /** Closes what is open; the focus goes back to where it was. */
  close = (): void => {
    this.#host.renderRoot.querySelector('dialog')?.close()
    this.#view = undefined
    this.#host.requestUpdate()
  }

  /** The browser closed it; a dialog that shows the next thing already stays. */
  #closed = ({ target }: Event): void => {
    const { isConnected, open } = target as HTMLDialogElement
    if (isConnected && !open) this.close()
  }

  hostUpdated(): void {
    const opened = this.#host.renderRoot.querySelector('dialog')
    if (!opened || !this.#turned) return
    this.#turned = false
    if (!opened.open) {
      opened.showModal()
      return
    }
    // What had the focus is gone from a dialog that shows something else now.
    const first = opened.querySelector<HTMLElement>('[autofocus]') ?? opened.querySelector('button')
    first?.focus()
  }

  /** The open dialog, if one is. What is outside a modal dialog is not read out, so the status goes inside. */
  render(status: TemplateResult): TemplateResult {
    if (!this.#view) return status
    const { title, body } = this.#view()
    return dialog({ title, close: this.#close, body: [body, status] }, this.#closed)
  }
}
