import { html, nothing, type TemplateResult } from 'lit'
import { readPublic } from '../core/api.ts'
import { GrapevineEvent, type Passed } from '../core/events.ts'
import { loadTexts, type Texts } from '../core/i18n.ts'
import { pageUrl } from '../core/page.ts'
import { mintShare, registerShare } from '../core/sharing.ts'
import { shareEn } from '../locales/share.en.ts'
import type { ShareKey } from '../locales/share-more.en.ts'
import { copyText, otherWay } from '../ui/copy.ts'
import { GrapevineElement } from '../ui/element.ts'
import { icon } from '../ui/icon.ts'
import { theme } from '../ui/theme.ts'
import type { DialogHost, ShareDialogs } from './dialogs.ts'
import { shareStyles } from './grapevine-share.styles.ts'
import { shareUrl } from './share-url.ts'
import { ICONS, type Place, usualPlaces } from './usual.ts'

/** How long a confirmation stays, in milliseconds. */
const CONFIRMED_MS = 2_500

/**
 * Buttons by which a person passes the page on. Each act mints a code of its own, at once, and puts it in the link.
 *
 * @slot label - Text before the buttons.
 * @csspart base - The row with everything in it.
 * @csspart button - Each button of the row.
 * @csspart lead - The first button, which has its name written on it.
 * @csspart icon - Each of the others.
 * @csspart count - How often the page was shared.
 * @csspart dialog - The dialog of more ways, of the QR code, of the Mastodon server.
 * @cssprop --grapevine-ink - Text and glyphs.
 * @cssprop --grapevine-quiet - Glyphs at rest and lesser text.
 * @cssprop --grapevine-surface - Background of dialogs.
 * @cssprop --grapevine-accent - Focus ring, links, confirmations.
 * @cssprop --grapevine-lead - Background of the first button.
 * @cssprop --grapevine-on-lead - Text of the first button.
 * @cssprop --grapevine-radius - Corners.
 * @cssprop --grapevine-font - Font family.
 * @cssprop --grapevine-font-size - Size that all others follow.
 * @fires grapevine-shared - The page was passed on: `channel`, `code`, `url`, `link`.
 * @fires grapevine-error - Something did not work: `code`, `message`.
 */
export class GrapevineShare extends GrapevineElement implements DialogHost {
  static override styles = [theme, shareStyles]

  static override properties = {
    url: { reflect: true },
    text: { reflect: true },
    channels: { reflect: true },
    noCount: { type: Boolean, reflect: true, attribute: 'no-count' },
    messengerAppId: { reflect: true, attribute: 'messenger-app-id' },
  }

  /** The page to share; by default this one. */
  declare url: string
  /** What to say with the link; by default the document's title. */
  declare text: string
  /** Channels in their order, separated by spaces or commas; `more` opens all of them. */
  declare channels: string
  /** Shows no count. */
  declare noCount: boolean
  /** The Facebook app on whose behalf Messenger shares; without one Messenger is not offered. */
  declare messengerAppId: string

  /** @internal */
  link = ''
  /** @internal */
  confirmed: Place | undefined

  #texts: Texts<ShareKey> | undefined
  #places: Place[] = []
  #chosen: string | undefined
  #counted: string | undefined
  #shares = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #dialogs: ShareDialogs | undefined

  constructor() {
    super()
    this.url = ''
    this.text = ''
    this.channels = ''
    this.noCount = false
    this.messengerAppId = ''
  }

  /** Loads the texts and, for a row of the owner's own, every channel. Counts once a page. */
  protected override async prepare(): Promise<void> {
    if (this.#counted !== this.url) void this.#count()
    const chosen = `${this.channels}|${this.messengerAppId}`
    if (chosen === this.#chosen) return
    this.#chosen = chosen
    // A page without TLS copies by other means, which must be here before the server is gone.
    if (!navigator.clipboard) void otherWay()
    if (this.channels) {
      const { loadEveryText, readChannels } = await import('./every.ts')
      this.#places = readChannels(this.channels, this.messengerAppId)
      this.#texts = await loadEveryText()
    } else {
      this.#places = usualPlaces()
      // The keys that are missing in English belong to channels that are not in the usual row.
      this.#texts ??= await loadTexts<ShareKey>(shareEn, {
        'zh-Hans': async () => (await import('../locales/share.zh-Hans.ts')).shareZhHans,
      })
    }
  }

  protected override render(): TemplateResult | undefined {
    if (!this.#texts) return
    const { lang, t } = this.#texts
    const status = html`<span class="unseen" role="status">${this.confirmed && t('copied')}</span>`
    return html`
      <div class="base ${this.scheme}" part="base" lang=${lang}>
        <div class="row ${this.channels || 'usual'}" role="group" aria-label=${t('group')}>
          <slot name="label"></slot>${this.#places.map(this.#button)}${this.#counter(this.#texts)}
        </div>
        ${this.#dialogs?.render(status) ?? status}
      </div>
    `
  }

  #button = (place: Place, index: number) => {
    const { t } = this.#texts as Texts<ShareKey>
    const done = place === this.confirmed
    const name = t(place as ShareKey)
    const lead = index === 0
    const kind = lead ? 'lead' : 'icon'
    const label = lead ? nothing : /^(native|copy|qr|more)$/.test(place) ? name : t('on', { name })
    const text = lead ? html`<span data-name=${name}>${done ? t('done') : name}</span>` : nothing
    return html`<button
      type="button"
      part="button ${kind}"
      class=${kind}
      data-channel=${place}
      aria-label=${label}
      title=${label}
      @click=${() => this.act(place)}
    >
      ${icon(done ? undefined : ICONS[place])}${text}
    </button>`
  }

  /** The number stays where there is no room for the word. */
  #counter({ lang, t }: Texts<ShareKey>) {
    if (this.noCount || !this.#shares) return nothing
    const count = new Intl.NumberFormat(lang, { notation: 'compact' }).format(this.#shares)
    const [before, after] = t('shares', { count: this.#shares }).split(count)
    return html`<span class="count" part="count"><span class="word">${before}</span>${count}<span class="word">${after}</span></span>`
  }

  async #count(): Promise<void> {
    if (this.noCount) return
    this.#counted = this.url
    const counts = await readPublic('/v1/counts', pageUrl(this.url)).catch(() => undefined)
    if (!counts) return
    this.#shares = counts.shares
    this.requestUpdate()
  }

  /** @internal */
  act(place: Place, mastodonHost?: string): void {
    this.#act(place, mastodonHost).catch((error: unknown) => {
      this.dispatchEvent(new GrapevineEvent('error', { code: 'share_failed', message: `${error}` }))
    })
  }

  /** What a click does. Until the first `await` it runs within the click, which windows and clipboards ask for. */
  async #act(place: Place, mastodonHost?: string): Promise<void> {
    if (place === 'more' || (place === 'mastodon' && !mastodonHost)) return this.#open(place)
    const share = mintShare(pageUrl(this.url), place)
    this.link = share.link
    if (place === 'native') return this.#shareNatively(share)
    if (place === 'copy') {
      const copying = copyText(share.link, this.renderRoot as ShadowRoot)
      this.#passed(share)
      return (await copying) ? this.#confirm(place) : this.#open(place)
    }
    this.#passed(share)
    if (place === 'qr') return this.#open(place)
    this.#follow(share, mastodonHost)
  }

  async #open(place: Place): Promise<void> {
    this.#dialogs ??= await (await import('./dialogs.ts')).ShareDialogs.for(this)
    await this.#dialogs.open(place)
  }

  /** Registers only what was really shared, since a share sheet can be dismissed. Leaving the page counts as shared. */
  async #shareNatively(share: Passed): Promise<void> {
    const register = () => registerShare(share)
    addEventListener('pagehide', register)
    try {
      await navigator.share({ title: this.#words, url: share.link })
      this.#passed(share)
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error
    } finally {
      removeEventListener('pagehide', register)
    }
  }

  /** Opens a network by a link, not a script: no popup blocker objects, and no network learns what page it came from. */
  #follow({ channel, link }: Passed, mastodonHost = ''): void {
    const { messengerAppId } = this
    const url = shareUrl(channel, { link, text: this.#words, messengerAppId, mastodonHost }) ?? link
    const anchor = document.createElement('a')
    anchor.href = url
    anchor.rel = 'noopener noreferrer'
    if (/^http/.test(url)) anchor.target = '_blank'
    anchor.click()
  }

  #passed(share: Passed): void {
    void registerShare(share).then(() => this.#count())
    this.dispatchEvent(new GrapevineEvent('shared', share))
  }

  #confirm(place?: Place): void {
    this.confirmed = place
    this.requestUpdate()
    clearTimeout(this.#timer)
    if (place) this.#timer = setTimeout(() => this.#confirm(), CONFIRMED_MS)
  }

  get #words(): string {
    return this.text || document.title
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-share': GrapevineShare
  }
}
