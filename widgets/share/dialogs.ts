import { html, type TemplateResult } from 'lit'
import type { Channel } from '../../server/contract/channels.ts'
import type { Texts } from '../core/i18n.ts'
import type { ShareKey } from '../locales/share-more.en.ts'
import { icon } from '../ui/icon.ts'
import { OpenDialog, type OpenDialogHost, type View } from '../ui/open-dialog.ts'
import { loadEveryText, offered } from './every.ts'
import { mastodonForm } from './mastodon-form.ts'
import { shareDialogStyles } from './share-dialogs.styles.ts'
import { ICONS } from './usual.ts'

/** The share element, as its dialogs know it. */
export interface DialogHost extends OpenDialogHost {
  readonly messengerAppId: string
  /** The link to show, once somebody has acted. */
  readonly link: string
  /** What was copied a moment ago. */
  readonly confirmed: string | undefined
  act(channel: Channel, mastodonHost?: string): void
}

/** The dialogs of a share element, loaded when the first is opened. */
export class ShareDialogs {
  #host: DialogHost
  #texts: Texts<ShareKey>
  #dialog: OpenDialog

  /** Loads the texts. */
  static async for(host: DialogHost): Promise<ShareDialogs> {
    return new ShareDialogs(host, await loadEveryText())
  }

  constructor(host: DialogHost, texts: Texts<ShareKey>) {
    this.#host = host
    this.#texts = texts
    this.#dialog = new OpenDialog(host, texts.t('close'), shareDialogStyles)
  }

  /** Opens the dialog of a channel, or that of all of them. */
  async open(place: string): Promise<void> {
    this.#dialog.open(await this.#viewOf(place))
  }

  /** The open dialog, if one is, with the status inside. */
  render(status: TemplateResult): TemplateResult {
    return this.#dialog.render(status)
  }

  async #viewOf(place: string): Promise<() => View> {
    const { t } = this.#texts
    if (place === 'more') return () => ({ title: t('group'), body: this.#tiles() })
    if (place === 'mastodon') return this.#mastodon()
    if (place === 'copy') return () => ({ title: t('link'), body: this.#link() })
    const { qrCode } = await import('./qr-code.ts')
    return () => ({ title: t('scan'), body: qrCode(this.#host.link, t) })
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
        this.#dialog.close()
        this.#host.act('mastodon', host)
      },
      () => this.#host.requestUpdate(),
    )
    return () => ({ title: t('on', { name: t('mastodon') }), body: form() })
  }
}
