import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** What is on the page and may hold something unsaved. */
const guards = new Set<LeaveGuard>()

/** Whether somebody holds a change of place back; the address is then as it was before. */
export function isHeldBack(event: HashChangeEvent): boolean {
  return [...guards].some((guard) => guard.holds(event))
}

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
    guards.add(this)
    addEventListener('beforeunload', this.#unloading)
  }

  hostDisconnected(): void {
    guards.delete(this)
    removeEventListener('beforeunload', this.#unloading)
  }

  /** Goes where it was held back from. */
  go(to: string): void {
    this.#going = true
    location.hash = to
  }

  /** Holds a change of place back if something would be lost. */
  holds({ oldURL, newURL }: HashChangeEvent): boolean {
    const to = new URL(newURL).hash
    const free = this.#going || !this.#unsaved() || to === new URL(oldURL).hash
    this.#going = false
    if (free) return false
    history.replaceState(history.state, '', oldURL)
    this.#ask(to)
    return true
  }

  readonly #unloading = (event: BeforeUnloadEvent): void => {
    if (this.#unsaved()) event.preventDefault()
  }
}
