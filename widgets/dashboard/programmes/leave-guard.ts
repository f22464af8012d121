import type { ReactiveController, ReactiveControllerHost } from 'lit'

/**
 * Keeps an element from being left while it holds something unsaved: asks before another place of the dashboard is
 * shown, and lets the browser ask before the page is closed.
 */
export class LeaveGuard implements ReactiveController {
  readonly #unsaved: () => boolean
  readonly #ask: (to: string) => void
  #going = false

  /** `ask` is given the hash that was wanted; {@link go} goes there after all. */
  constructor(host: ReactiveControllerHost, unsaved: () => boolean, ask: (to: string) => void) {
    this.#unsaved = unsaved
    this.#ask = ask
    host.addController(this)
  }

  hostConnected(): void {
    // Captured, to come before the shell hears of it.
    addEventListener('hashchange', this.#changed, { capture: true })
    addEventListener('beforeunload', this.#unloading)
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#changed, { capture: true })
    removeEventListener('beforeunload', this.#unloading)
  }

  /** Goes where it was held back from. */
  go(to: string): void {
    this.#going = true
    location.hash = to
  }

  readonly #changed = (event: HashChangeEvent): void => {
    const to = new URL(event.newURL).hash
    if (this.#going || !this.#unsaved() || to === new URL(event.oldURL).hash) {
      this.#going = false
      return
    }
    event.stopImmediatePropagation()
    history.replaceState(history.state, '', event.oldURL)
    this.#ask(to)
  }

  readonly #unloading = (event: BeforeUnloadEvent): void => {
    if (this.#unsaved()) event.preventDefault()
  }
}
