import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import type { Site } from '../../server/contract/sites.ts'
import type { DashboardText } from '../locales/dashboard.en.ts'
import { RequestError, read, signIn, signOut } from './api.ts'
import { dashboardStyles } from './grapevine-dashboard.styles.ts'
import { isHeldBack } from './leave-guard.ts'
import { type LiveState, listenLive } from './live.ts'
import { base } from './parts/base.styles.ts'
import { GrapevineCopy } from './parts/grapevine-copy.ts'
import { failed } from './parts/states.ts'
import { type Range, rangeOf } from './ranges.ts'
import { SIGNED_OUT } from './report.ts'
import {
  formatRoute,
  type GROUPS,
  groupsFor,
  parseRoute,
  type Route,
  signInToken,
  TIMELESS,
  type ViewName,
} from './route.ts'
import { GrapevineSignIn, refusal, type SignedInEvent } from './shell/grapevine-sign-in.ts'
import { icon, vine } from './shell/icons.ts'
import { rangePicker } from './shell/range-picker.ts'
import { settingsMenu } from './shell/settings-menu.ts'
import { preferredLanguage, setLanguage, text } from './texts.ts'
import { keptTheme, type Theme, useTheme } from './theme.ts'
import { Localized } from './view.ts'
import { define, loadView, type Shown, shownBy, viewOf } from './views.ts'

/**
 * The owner's dashboard: signs in, keeps range and view in the address, listens for changes and shows one view at a
 * time. It fills the page it is on.
 */
export class GrapevineDashboard extends Localized {
  static override styles = [base, dashboardStyles]
  static override properties: PropertyDeclarations = {
    site: { state: true },
    route: { state: true },
    range: { state: true },
    revision: { state: true },
    live: { state: true },
    theme: { state: true },
    loaded: { state: true },
    notice: { state: true },
    fault: { state: true },
    started: { state: true },
  }

  /** The owner's site, once signed in. */
  declare site: Site | undefined
  declare route: Route
  declare range: Range
  declare revision: number
  declare live: LiveState
  declare theme: Theme
  /** The views whose code is here. */
  declare loaded: ReadonlySet<Shown>
  declare notice: DashboardText | undefined
  declare fault: RequestError | undefined
  /** Whether it is known if somebody is signed in. */
  declare started: boolean

  #stopLive: (() => void) | undefined

  constructor() {
    super()
    this.route = parseRoute(location.hash)
    this.range = rangeOf(this.route.choice, Date.now())
    this.revision = 0
    this.live = 'waiting'
    this.theme = keptTheme()
    this.loaded = new Set()
    this.started = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    define({ 'grapevine-copy': GrapevineCopy, 'grapevine-sign-in': GrapevineSignIn })
    addEventListener('hashchange', this.#navigate)
    this.addEventListener(SIGNED_OUT, this.#ended)
    useTheme(this.theme)
    void this.#start()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('hashchange', this.#navigate)
    this.removeEventListener(SIGNED_OUT, this.#ended)
    this.#stopLive?.()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route') || changed.has('revision')) this.range = rangeOf(this.route.choice, Date.now())
    if (this.site) {
      const view = text(this.route.view)
      document.title = text('title', { view, site: this.site.name })
    } else document.title = `${text('sign_in')} · Grapevine`
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('route') || changed.has('site')) this.#showCurrent()
  }

  override render() {
    if (this.fault) return failed(this.fault, this.#start)
    if (!this.started)
      return html`<div class="starting" role="status">${vine()}<span class="spoken">${text('loading')}</span></div>`
    if (!this.site)
      return html`<grapevine-sign-in .notice=${this.notice} @grapevine-owner-signed-in=${this.#signedIn}></grapevine-sign-in>`
    const { site, route, range, revision } = this
    const ready = this.loaded.has(shownBy(route))
    return html`
      <button class="skip button" type="button" @click=${this.#skip}>${text('skip')}</button>
      <div class="shell">
        <header class="side">
          <p class="name">${vine()}<span title=${site.origins.join(', ')}>${site.name}</span></p>
          ${this.#navigation(site)}
        </header>
        <main class="main" tabindex="-1">
          <div class="width">
            <header class="top">
              <h1>${text(route.view)}</h1>
              <span class="live ${this.live === 'live' ? 'on' : ''}" role="status" title=${text('live_hint')}
                >${text(this.live === 'live' ? 'live' : 'live_waiting')}</span
              >
              <div class="tools">
                ${TIMELESS.includes(route.view) ? nothing : rangePicker(route, range)}
              </div>
              ${settingsMenu(this.theme, this.#themed, this.#signOut)}
            </header>
            ${ready ? viewOf({ site, route, range, revision }) : html`<div class="skeleton view-place"></div>`}
          </div>
        </main>
      </div>
    `
  }

  /** On a narrow screen the navigation scrolls sideways. */
  #showCurrent(): void {
    const current = this.renderRoot.querySelector<HTMLElement>('nav [aria-current="page"]')
    const row = current?.closest('nav')
    if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2
  }

  #navigation({ role }: Site) {
    return html`
      <nav aria-label=${text('navigation')}>
        ${Object.entries(groupsFor(role)).map(
          ([name, views]) => html`
            <p id=${name} class="group">${text(`nav_${name as keyof typeof GROUPS}`)}</p>
            <ul aria-labelledby=${name}>${views.map((view) => this.#entry(view))}</ul>
          `,
        )}
      </nav>
    `
  }

  #entry(view: ViewName) {
    return html`
      <li>
        <a
          href=${formatRoute({ view, choice: this.route.choice, options: {} })}
          aria-current=${view === this.route.view ? 'page' : 'false'}
          >${icon(view)}${text(view)}</a
        >
      </li>
    `
  }

  readonly #start = async (): Promise<void> => {
    this.fault = undefined
    await setLanguage(preferredLanguage()).catch(() => setLanguage('en'))
    try {
      this.#enter((await this.#siteByLink()) ?? (await read('/v1/sites')).data[0])
    } catch (error) {
      if (!(error instanceof RequestError) || error.status !== 401) this.fault = error as RequestError
    }
    this.started = true
  }

  /** Signs in by the address, which is cleaned at once: the token must not stay in the history. */
  async #siteByLink(): Promise<Site | undefined> {
    const token = signInToken(location.hash)
    if (token === undefined) return undefined
    history.replaceState(history.state, '', formatRoute(this.route))
    try {
      return await signIn({ token })
    } catch (error) {
      this.notice = refusal(error, 'sign_in_link_used')
      return undefined
    }
  }

  #enter(site: Site | undefined): void {
    if (!site) return
    this.site = site
    this.notice = undefined
    this.route = this.#routeOf(location.hash)
    this.#stopLive?.()
    this.#stopLive = listenLive(
      () => this.revision++,
      (state) => {
        this.live = state
      },
    )
    void this.#load()
  }

  /** Where an address leads whoever is here: to the first view that is theirs, where it is another's. */
  #routeOf(hash: string): Route {
    const route = parseRoute(hash)
    const views = Object.values(groupsFor(this.site?.role ?? 'owner')).flat()
    return views.includes(route.view) ? route : { ...route, view: views[0] ?? route.view, options: {} }
  }

  async #load(): Promise<void> {
    const wanted = shownBy(this.route)
    if (this.loaded.has(wanted)) return
    try {
      await loadView(wanted)
      this.loaded = new Set([...this.loaded, wanted])
    } catch {
      this.fault = new RequestError(0, 'unreachable')
    }
  }

  readonly #navigate = (event: HashChangeEvent): void => {
    if (isHeldBack(event)) return
    if (signInToken(location.hash)) {
      void this.#start()
      return
    }
    const before = this.route
    this.route = this.#routeOf(location.hash)
    if (!this.site) return
    void this.#load()
    if (before.view === this.route.view && before.code === this.route.code) return
    scrollTo(0, 0)
    this.renderRoot.querySelector<HTMLElement>('.main')?.focus({ preventScroll: true })
  }

  readonly #signedIn = (event: SignedInEvent): void => this.#enter(event.site)

  readonly #ended = (): void => {
    this.#stopLive?.()
    this.site = undefined
  }

  readonly #signOut = async (): Promise<void> => {
    // Signed out here even if the server cannot be told: it will ask for the session again.
    await signOut().catch(() => undefined)
    this.notice = 'signed_out'
    this.#ended()
  }

  readonly #themed = (theme: Theme): void => {
    this.theme = theme
    useTheme(theme, true)
  }

  readonly #skip = (): void => {
    this.renderRoot.querySelector<HTMLElement>('.main')?.focus()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-dashboard': GrapevineDashboard
  }
}
