import type { Change, ThreadChange } from './events.ts'

/** How long changes are gathered before those who look hear of them, in ms. */
const GATHER_MS = 250

/** How much has changed: what a dashboard hears. */
export type Counted = Omit<Change, 'site' | 'threads'>

/** Tells whoever looks at a site what has changed, a few times a second at most. */
export class Live {
  readonly #sites = new Map<string, Set<(change: Counted) => void>>()
  readonly #threads = new Map<string, Set<(change: ThreadChange) => void>>()
  readonly #heard = new Set<(site: string, change: ThreadChange) => void>()
  #pending = new Map<string, Change>()
  #timer: NodeJS.Timeout | undefined

  /** Listens to how much changes on one site; answers how to stop. */
  listen(site: string, listener: (change: Counted) => void): () => void {
    return enlist(this.#sites, site, listener)
  }

  /** Listens to what changes in the thread of one page; answers how to stop. */
  listenToThread(site: string, page: string, listener: (change: ThreadChange) => void): () => void {
    return enlist(this.#threads, `${site} ${page}`, listener)
  }

  /** Is told at once of every thread that changes anywhere: what was kept of it is no longer so. */
  onThread(heard: (site: string, change: ThreadChange) => void): void {
    this.#heard.add(heard)
  }

  /** What was kept of these threads is no longer so. */
  forget(changes: readonly Change[]): void {
    for (const { site, threads } of changes)
      for (const thread of threads) for (const heard of this.#heard) heard(site, thread)
  }

  tell(changes: readonly Change[]): void {
    this.forget(changes)
    for (const change of changes) {
      const { site, threads } = change
      const wanted = this.#sites.has(site) || threads.some(({ page }) => this.#threads.has(`${site} ${page}`))
      if (!wanted) continue
      this.#pending.set(site, added(this.#pending.get(site), change))
      this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS)
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#sites.clear()
    this.#threads.clear()
    this.#heard.clear()
  }

  #flush(): void {
    const pending = this.#pending
    this.#timer = undefined
    this.#pending = new Map()
    for (const [key, { site, threads, ...counted }] of pending) {
      for (const listener of this.#sites.get(key) ?? []) listener(counted)
      for (const thread of threads)
        for (const listener of this.#threads.get(`${site} ${thread.page}`) ?? []) listener(thread)
    }
  }
}

function enlist<T>(all: Map<string, Set<T>>, key: string, listener: T): () => void {
  const listeners = all.get(key) ?? new Set()
  all.set(key, listeners.add(listener))
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) all.delete(key)
  }
}

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])]

function added(before: Change | undefined, change: Change): Change {
  if (!before) return change
  const threads = new Map(before.threads.map((thread) => [thread.page, thread]))
  for (const { page, fresh, changed } of change.threads) {
    const known = threads.get(page) ?? { page, fresh: [], changed: [] }
    threads.set(page, { page, fresh: union(known.fresh, fresh), changed: union(known.changed, changed) })
  }
  return {
    site: change.site,
    shares: before.shares + change.shares,
    visits: before.visits + change.visits,
    conversions: before.conversions + change.conversions,
    comments: before.comments + change.comments,
    threads: [...threads.values()],
  }
}
