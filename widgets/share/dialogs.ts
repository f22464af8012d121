import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'
import type { Channel } from '../../server/contract/channels.ts'
import type { Texts } from '../core/i18n.ts'
import type { ShareKey } from '../locales/share-more.en.ts'
import { dialogStyles } from '../ui/dialog.styles.ts'
import { dialog } from '../ui/dialog.ts'
import { icon } from '../ui/icon.ts'
import { loadEveryText, offered } from './every.ts'
import { mastodonForm } from './mastodon-form.ts'
import { shareDialogStyles } from './share-dialogs.styles.ts'
import { ICONS } from './usual.ts'

/** The share element, as its dialogs know it. */
export interface DialogHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment
  readonly messengerAppId: string
  /** The link to show, once somebody has acted. */
  readonly link: string
  /** What was copied a moment ago. */
  readonly confirmed: string | undefined
  act(channel: Channel, mastodonHost?: string): void
}

/** What a dialog shows, drawn anew whenever the element is. */
interface View {
  title: string
  body: unknown
}

/** The dialogs of a share element, loaded when the first is opened. */
export class ShareDialogs implements ReactiveController {
  #host: DialogHost
  #texts: Texts<ShareKey>
  #view: (() => View) | undefined
  #turned = false

  /** Loads the texts and dresses the host for its dialogs. */
  static async for(host: DialogHost): Promise<ShareDialogs> {
    const dialogs = new ShareDialogs(host, await loadEveryText())
    const sheets = [dialogStyles, shareDialogStyles].map(({ styleSheet }) => styleSheet)
    ;(host.renderRoot as ShadowRoot).adoptedStyleSheets.push(...sheets.filter((sheet) => sheet !== undefined))
    return dialogs
  }

  constructor(host: DialogHost, texts: Texts<ShareKey>) {
    this.#host = host
    this.#texts = texts
    host.addController(this)
  }

  /** Opens the dialog of a channel, or that of all of them. */
  async open(place: string): Promise<void> {
    const { t } = this.#texts
    if (place === 'more') this.#view = () => ({ title: t('group'), body: this.#tiles() })
    else if (place === 'mastodon') this.#view = this.#mastodon()
    else if (place === 'copy') this.#view = () => ({ title: t('link'), body: this.#link() })
    else {
      const { qrCode } = await import('./qr-code.ts')
      this.#view = () => ({ title: t('scan'), body: qrCode(this.#host.link, t) })
    }
    this.#turned = true
    this.#host.requestUpdate()
  }

  /** Closes what is open. */
  close = (): void => {
    this.#view = undefined
    this.#host.requestUpdate()
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
    return dialog({ title, close: this.#texts.t('close'), body: [body, status] }, this.close)
  }

  #tiles = () => html`<div class="tiles">${offered(this.#host.messengerAppId).map(this.#tile)}</div>`

  #tile = (channel: Channel) => {
    const done = channel === this.#host.confirmed
    return html`<button
      type="button"
      part="tile"
      class="tile ${done ? 'done' : ''}"
      data-channel=${channel}
      @click=${() => this.#host.act(channel)}
    >
      ${icon(done ? undefined : ICONS[channel])}<span>${this.#texts.t(done ? 'done' : (channel as ShareKey))}</span>
    </button>`
  }

  /** For browsers that let no script copy: the link, ready to be selected. */
  #link = () => html`<input
    class="field"
    readonly
    autofocus
    aria-label=${this.#texts.t('link')}
    .value=${this.#host.link}
    @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
  />`

  #mastodon() {
    const { t } = this.#texts
    const form = mastodonForm(
      t,
      (host) => {
        this.close()
        this.#host.act('mastodon', host)
      },
      () => this.#host.requestUpdate(),
    )
    return () => ({ title: t('on', { name: t('mastodon') }), body: form() })
  }
}
