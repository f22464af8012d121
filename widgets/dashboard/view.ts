import { LitElement, type PropertyDeclarations } from 'lit'
import type { Site } from '../../server/contract/sites.ts'
import { base } from './parts/base.styles.ts'
import type { Range } from './ranges.ts'
import type { ReportHost } from './report.ts'
import { formatRoute, type Route } from './route.ts'
import { onLanguage } from './texts.ts'

/** An element whose texts follow the language. */
export class Localized extends LitElement {
  #stop: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = onLanguage(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }
}

/** One view of the dashboard: it reads its own reports for the route and range that the shell gives it. */
export class View extends Localized implements ReportHost {
  static override styles = base
  static override properties: PropertyDeclarations = {
    site: { attribute: false },
    route: { attribute: false },
    range: { attribute: false },
    revision: { type: Number },
  }

  /** The signed-in owner's site. */
  declare site: Site
  /** Where we are, with the options that the view keeps in its link. */
  declare route: Route
  /** The range asked for, made exact. */
  declare range: Range
  /** Grows with every change the server tells of. */
  declare revision: number

  constructor() {
    super()
    this.revision = 0
  }

  /** The link to another place of the dashboard; what is not given stays as it is, except another view's options. */
  protected linkTo(to: Partial<Route>): string {
    const { code, ...here } = this.route
    const stays = to.view === undefined || to.view === this.route.view
    return formatRoute({
      ...here,
      options: stays ? here.options : {},
      ...(to.view === undefined && code ? { code } : {}),
      ...to,
    })
  }

  /** The link to this view with some options changed; one that becomes undefined is left out. */
  protected linkWith(options: Readonly<Record<string, string | undefined>>): string {
    const all = Object.entries({ ...this.route.options, ...options })
    const kept = all.filter((entry): entry is [string, string] => entry[1] !== undefined)
    return this.linkTo({ options: Object.fromEntries(kept) })
  }

  /** The link to a person's page. */
  protected readonly linkToPerson = (code: string): string =>
    this.linkTo({ view: 'people', code, options: {} })

  /** The link to a share where it stands in its cascade. */
  protected readonly linkToShare = (code: string): string =>
    this.linkTo({ view: 'cascades', code, options: { share: code } })

  /** Where the parts of a listed conversion lead. */
  protected readonly conversionLinks = {
    person: this.linkToPerson,
    share: this.linkToShare,
    rewards: (conversion: string): string => this.linkTo({ view: 'rewards', options: { conversion } }),
  }

  /** What reports of this range are read by. */
  protected get span(): { from: string; to: string } {
    return { from: this.range.from, to: this.range.to }
  }
}
