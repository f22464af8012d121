import { GrapevineEvent } from '../core/events.ts'
import { loadTexts } from '../core/i18n.ts'
import { pageUrl } from '../core/page.ts'
import { countEn } from '../locales/count.en.ts'
import { countOf } from './counting.ts'

/**
 * How many comments a page has, as plain text in the page's own style: for lists of pages. What stands in the element
 * is replaced by the count once it is known.
 *
 * @fires grapevine-error - The count could not be read: `code`, `message`.
 */
export class GrapevineCount extends HTMLElement {
  static readonly observedAttributes = ['url', 'page-id', 'format']

  #asked = ''

  connectedCallback(): void {
    void this.#show()
  }

  attributeChangedCallback(): void {
    if (this.isConnected) void this.#show()
  }

  /** The page that is counted; by default this one. */
  get url(): string {
    return this.getAttribute('url') ?? ''
  }

  set url(url: string) {
    this.setAttribute('url', url)
  }

  /** The id that the owner gave the page. */
  get pageId(): string {
    return this.getAttribute('page-id') ?? ''
  }

  set pageId(id: string) {
    this.setAttribute('page-id', id)
  }

  /** What is shown, with `{count}` in it: `{count}` alone for the number. By default it says that these are comments. */
  get format(): string {
    return this.getAttribute('format') ?? ''
  }

  set format(format: string) {
    this.setAttribute('format', format)
  }

  async #show(): Promise<void> {
    const { url, pageId, format } = this
    const asked = JSON.stringify([url, pageId, format])
    if (asked === this.#asked) return
    this.#asked = asked
    try {
      const [count, { t, lang }] = await Promise.all([
        countOf({ url: pageUrl(url), ...(pageId && { pageId }) }),
        loadTexts(countEn, {
          'zh-Hans': async () => (await import('../locales/count.zh-Hans.ts')).countZhHans,
        }),
      ])
      if (asked !== this.#asked) return
      const number = new Intl.NumberFormat(lang).format(count)
      this.textContent = format ? format.replaceAll('{count}', number) : t('comments', { count })
    } catch (error) {
      this.#asked = ''
      this.dispatchEvent(new GrapevineEvent('error', { code: 'count_failed', message: `${error}` }))
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-count': GrapevineCount
  }
}
