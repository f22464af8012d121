import type { LiveChange } from '../contract/reports.ts'
import type { Change } from '../events.ts'

/** How long changes are gathered before those who look hear of them, in ms. */
const GATHER_MS = 250

type Listener = (change: LiveChange) => void

/** Tells whoever looks at a site's dashboard how much has changed, a few times a second at most. */
export class Live {
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #pending = new Map<string, LiveChange>()
  #timer: NodeJS.Timeout | undefined

  /** Listens to one site; answers how to stop. */
  listen(site: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(site) ?? new Set()
    this.#listeners.set(site, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(site)
    }
  }

  tell(changes: readonly Change[]): void {
    for (const { site, ...change } of changes) {
      if (!this.#listeners.has(site)) continue
      const pending = this.#pending.get(site) ?? { shares: 0, visits: 0, conversions: 0 }
      pending.shares += change.shares
      pending.visits += change.visits
      pending.conversions += change.conversions
      this.#pending.set(site, pending)
      this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS)
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  #flush(): void {
    this.#timer = undefined
    for (const [site, change] of this.#pending)
      for (const listener of this.#listeners.get(site) ?? []) listener(change)
    this.#pending.clear()
  }
}
