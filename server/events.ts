/** The share an event belongs to, as far as anybody counts it. */
export interface ShareRef {
  id: string
  root: string
  page: string
  channel: string
  person: string
}

/** What producers tell and consumers count. `at` is when it happened, in ms. */
export type DomainEvent =
  | { type: 'share'; site: string; at: number; share: ShareRef & { depth: number; path: string } }
  | { type: 'visit'; site: string; at: number; share: ShareRef }
  | {
      type: 'conversion'
      site: string
      at: number
      /** 1 when it is counted, −1 when a changed one is taken back before it is counted anew. */
      sign: 1 | -1
      share: ShareRef | null
      value: number | null
      currency: string | null
      proved: boolean
    }

/** How much has changed on one site: what live views hear. */
export interface Change {
  site: string
  shares: number
  visits: number
  conversions: number
}

/** Adds up events to one change a site. */
export function changesOf(
  events: readonly DomainEvent[],
  into = new Map<string, Change>(),
): Map<string, Change> {
  for (const { site, type } of events) {
    const change = into.get(site) ?? { site, shares: 0, visits: 0, conversions: 0 }
    change[`${type}s`] += 1
    into.set(site, change)
  }
  return into
}
