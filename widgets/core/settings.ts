/** What the script tag says, as every widget on the page sees it. */
export interface Settings {
  /** The site's publishable key, `pk_…`. */
  readonly site: string
  /** Base URL of the Grapevine server, with a slash at the end. */
  readonly server: string
  /** Query parameter that carries a share code. */
  readonly param: string
  readonly consent: 'auto' | 'required'
  /** BCP 47 tag; empty when the page leaves the choice to the document. */
  readonly lang: string
  readonly theme: 'auto' | 'light' | 'dark'
}

/** What the visitor decided about storage. */
export type Consent = 'granted' | 'denied'

const unset: Settings = { site: '', server: '/', param: 'gv', consent: 'auto', lang: '', theme: 'auto' }

/** The settings of this page, put on the one global by the loader. */
export const settings = (): Settings => window.grapevine?.settings ?? unset

/** The id of this page's site, which begins each of its share codes: the key without `pk_`, six characters. */
export const siteId = (): string => settings().site.slice(3, 9)
