import { html, nothing, type TemplateResult } from 'lit'
import { GrapevineEvent, type Passed } from '../core/events.ts'
import { withCode } from '../core/page.ts'
import { mintShare, registerShare } from '../core/sharing.ts'
import { storageAllowed } from '../core/storage.ts'
import type { ReferralKey } from '../locales/referral.en.ts'
import { icon } from '../ui/icon.ts'
import { mayAsk } from './consent.ts'
import { copyField } from './copy-field.ts'
import type { Part, ReferralHost } from './host.ts'

const GLYPHS = {
  native: 'M12 15V3.5M8 7.2l4-4 4 4M7.5 10.5h-2v10h13v-10h-2',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v.01M14 20v.01M17.5 20H20v-2.5',
}

/** The link of a person's own, or the buttons that make it: nothing is made by looking. */
export class LinkPanel implements Part {
  #host: ReferralHost
  #minted: Passed | undefined

  constructor(host: ReferralHost) {
    this.#host = host
  }

  /** What was passed on, or can be: minted here, or known to the server from before. */
  get #share(): Passed | undefined {
    const { page: url, data } = this.#host
    if (this.#minted?.url === url) return this.#minted
    return data?.code
      ? { channel: 'referral', code: data.code, url, link: withCode(url, data.code) }
      : undefined
  }

  render(): TemplateResult {
    const share = this.#share
    if (share) return this.#own(share)
    const { t } = this.#host.texts
    if (!storageAllowed() && mayAsk())
      return html`<p class="note">${t('asks')}</p>
        <div class="choice">
          <button class="lead" part="button lead" type="button" @click=${this.#startKept}>${t('startKept')}</button>
          <button class="plain" part="button" type="button" @click=${this.#start}>${t('startLoose')}</button>
        </div>`
    return html`<button class="lead" part="button lead" type="button" @click=${this.#start}>${t('start')}</button>
      ${this.#note()}`
  }

  #own(share: Passed) {
    void import('../share/define.ts').catch((error: unknown) => this.#host.fail(error))
    return html`
      ${copyField(this.#host, share.link, this.#host.texts.t('link'), () => this.#told(share))}
      <div class="ways">
        ${'share' in navigator ? this.#way('native', () => this.#pass(share)) : nothing}
        ${this.#way('qr', () => this.#showCode(share))}
        <grapevine-share url=${share.url} channels="more" no-count></grapevine-share>
      </div>
      ${this.#note()}
    `
  }

  #way = (way: 'native' | 'qr', go: () => Promise<void>) => {
    const name = this.#host.texts.t(way)
    return html`<button
      type="button"
      class="icon"
      part="button icon"
      aria-label=${name}
      title=${name}
      @click=${() => go().catch((error: Error) => error.name === 'AbortError' || this.#host.fail(error))}
    >
      ${icon(GLYPHS[way])}
    </button>`
  }

  /** What becomes of the link and of what it earns. */
  #note() {
    const key: ReferralKey = storageAllowed() ? 'guest' : mayAsk() ? 'loose' : 'refuses'
    return html`<p class="note">${this.#host.texts.t(key)}</p>`
  }

  #start = (): void => {
    this.#minted = mintShare(this.#host.page, 'referral')
    this.#told(this.#minted)
    void registerShare(this.#minted).then(() => this.#host.reload())
    this.#host.requestUpdate()
  }

  #startKept = async (): Promise<void> => {
    await window.grapevine?.consent('granted')
    this.#start()
  }

  async #pass(share: Passed): Promise<void> {
    await navigator.share({ title: document.title, url: share.link })
    this.#told(share)
  }

  async #showCode(share: Passed): Promise<void> {
    const { qrCode } = await import('../share/qr-code.ts')
    const { t } = this.#host.texts
    await this.#host.open(() => ({ title: t('scan'), body: qrCode(share.link, t) }))
    this.#told(share)
  }

  #told(share: Passed): void {
    this.#host.dispatchEvent(new GrapevineEvent('shared', share))
  }
}
