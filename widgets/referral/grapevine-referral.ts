import { html, type TemplateResult } from 'lit'
import type { Referral } from '../../server/contract/referral.ts'
import { latestArrival } from '../core/arrivals.ts'
import { GrapevineEvent } from '../core/events.ts'
import { loadTexts, type Texts } from '../core/i18n.ts'
import { pageUrl } from '../core/page.ts'
import { knownToken, type RequestFailure, readOwn } from '../core/request-own.ts'
import { recall, recallList } from '../core/storage.ts'
import { type ReferralKey, referralEn } from '../locales/referral.en.ts'
import { copyText } from '../ui/copy.ts'
import { GrapevineElement } from '../ui/element.ts'
import type { OpenDialog, View } from '../ui/open-dialog.ts'
import { theme } from '../ui/theme.ts'
import { referralStyles } from './grapevine-referral.styles.ts'
import type { Part, ReferralHost } from './host.ts'
import { LinkPanel } from './link-panel.ts'
import { headline, terms } from './offers.ts'

/** How long a confirmation stays, in milliseconds. */
const CONFIRMED_MS = 2_500

/**
 * What inviting friends brings, somebody's own link, and how it is going. For somebody who arrives through a link, the
 * invitation; for somebody who was given a coupon, the gift. A code is minted when its person first asks for a link.
 *
 * @slot - The owner's own words, below the headline.
 * @csspart base - Everything.
 * @csspart card - Each card: the invitation, the gift, the programme.
 * @csspart headline - What inviting brings, in a line.
 * @csspart terms - The same with its terms.
 * @csspart link - The field with the link.
 * @csspart button - Each button of the link.
 * @csspart lead - The main button of a card.
 * @csspart section - Each section of how it is going.
 * @csspart dialog - The QR code, the receipt of a reward.
 * @cssprop --grapevine-ink - Text and glyphs.
 * @cssprop --grapevine-quiet - Lesser text.
 * @cssprop --grapevine-surface - Background of cards and dialogs.
 * @cssprop --grapevine-line - Lines.
 * @cssprop --grapevine-tint - Background of fields.
 * @cssprop --grapevine-accent - Focus ring, links, progress, the vine.
 * @cssprop --grapevine-lead - Background of main buttons.
 * @cssprop --grapevine-on-lead - Text of main buttons.
 * @cssprop --grapevine-radius - Corners.
 * @cssprop --grapevine-font - Font family.
 * @cssprop --grapevine-font-size - Size that all others follow.
 * @fires grapevine-shared - The link was made or passed on: `channel`, `code`, `url`, `link`.
 * @fires grapevine-error - Something did not work: `code`, `message`.
 */
export class GrapevineReferral extends GrapevineElement implements ReferralHost {
  static override styles = [theme, referralStyles]

  static override properties = {
    url: { reflect: true },
    headline: { reflect: true },
    noLeaderboard: { type: Boolean, reflect: true, attribute: 'no-leaderboard' },
  }

  /** The page that friends are invited to; by default this one. */
  declare url: string
  /** The headline; by default what the programme gives. */
  declare headline: string
  /** Shows no leaderboard. */
  declare noLeaderboard: boolean

  /** @internal */
  texts!: Texts<ReferralKey>
  /** @internal */
  data: Referral | undefined
  /** @internal */
  copied: string | undefined

  #asked: string | undefined
  #failed = false
  #link = new LinkPanel(this)
  #arriving: Part | undefined
  #account: Part | undefined
  #dialog: OpenDialog | undefined
  #said = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.url = ''
    this.headline = ''
    this.noLeaderboard = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('grapevine-arrived', this.#arrive)
    document.addEventListener('grapevine-signed-in', this.#turn)
    addEventListener('online', this.#retry)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('grapevine-arrived', this.#arrive)
    document.removeEventListener('grapevine-signed-in', this.#turn)
    removeEventListener('online', this.#retry)
  }

  /** Loads the texts, and asks the server once a page. */
  protected override async prepare(): Promise<void> {
    this.texts ??= await loadTexts<ReferralKey>(referralEn, {
      'zh-Hans': async () => (await import('../locales/referral.zh-Hans.ts')).referralZhHans,
    })
    if (this.#asked === this.page) return
    this.#asked = this.page
    void this.reload()
    this.#arrive()
  }

  protected override render(): TemplateResult {
    const { lang, t } = this.texts
    const programme = this.data?.programme ?? null
    const status = html`<span class="unseen" role="status">${this.#said}</span>`
    const waiting = !this.data && !this.#failed
    return html`
      <div class="base ${this.scheme}" part="base" lang=${lang} dir="auto">
        ${this.#arriving?.render()}
        <section
          class="card ${waiting ? 'waiting' : ''} ${waiting && knownToken() ? 'known' : ''}"
          part="card"
          aria-labelledby="headline"
          aria-busy=${waiting}
        >
          <h2 id="headline" part="headline">${this.headline || headline(programme, this.texts)}</h2>
          <p class="terms" part="terms">${waiting ? t('guest') : terms(programme, this.texts)}</p>
          <slot></slot>
          ${this.#failed ? this.#sorry() : this.#link.render()} ${this.#account?.render()}
        </section>
        ${this.#dialog?.render(status) ?? status}
      </div>
    `
  }

  #sorry() {
    const { t } = this.texts
    return html`<p class="sorry" role="alert">${t(navigator.onLine ? 'failed' : 'offline')}</p>
      <button class="lead" part="button lead" type="button" @click=${this.#retry}>${t('retry')}</button>`
  }

  /** Somebody has signed in or out. */
  #turn = (): void => void this.reload()

  #retry = (): void => {
    if (this.#failed) void this.reload()
  }

  /** Shows the invitation or the gift by which somebody is here. */
  #arrive = (): void => {
    const code = latestArrival(this.page)?.code
    const invited = code && !recallList<string>('answered').includes(code)
    const gift = /[#&]gift=/.test(location.hash) || recall('gift')
    if (this.#arriving || !(invited || gift)) return
    // Holds the place of what is on its way.
    const holes = [gift && 'gift', invited && 'invitation'].filter(Boolean)
    this.#arriving = { render: () => holes.map((kind) => html`<div class="card hole ${kind}"></div>`) }
    this.requestUpdate()
    void import('./arriving.ts')
      .then(async ({ arriving }) => {
        this.#arriving = await arriving(this)
        this.requestUpdate()
      })
      .catch(this.fail)
  }

  /** @internal */
  get page(): string {
    return pageUrl(this.url)
  }

  /** @internal */
  async reload(): Promise<void> {
    const { page } = this
    try {
      const data = await readOwn('/v1/referral', `?url=${encodeURIComponent(page)}`)
      if (page !== this.page) return
      if (data.person || (data.leaderboard.length && !this.noLeaderboard))
        this.#account ??= await (await import('./account.ts')).account(this)
      this.data = data
      this.#failed = false
    } catch (error) {
      // What is there stays: only somebody who has seen nothing yet is told.
      this.#failed = !this.data
      this.fail(error)
    }
    this.requestUpdate()
  }

  /** @internal */
  async copy(text: string): Promise<boolean> {
    if (!(await copyText(text, this.renderRoot as ShadowRoot))) return false
    this.copied = text
    this.say(this.texts.t('copied'))
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.copied = undefined
      this.say('')
    }, CONFIRMED_MS)
    return true
  }

  /** @internal */
  say(words: string): void {
    this.#said = words
    this.requestUpdate()
  }

  /** @internal */
  async open(view: () => View): Promise<void> {
    this.#dialog ??= await (await import('./dialogs.ts')).dialogOf(this)
    this.#dialog.open(view)
  }

  /** @internal */
  fail = (error: unknown): void => {
    const { code = 'referral_failed', message, field } = error as Partial<RequestFailure>
    this.dispatchEvent(new GrapevineEvent('error', { code, message: message ?? `${error}`, field }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-referral': GrapevineReferral
  }
}
