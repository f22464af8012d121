/** The share an event belongs to, as far as anybody counts it. */
export interface ShareRef {
  id: string
  root: string
  page: string
  channel: string
  person: string
}

/** A share's row as events name it. */
export const refOf = (row: {
  id: string
  root_id: string
  page_id: string
  channel: string
  person_id: string
}): ShareRef => ({
  id: row.id,
  root: row.root_id,
  page: row.page_id,
  channel: row.channel,
  person: row.person_id,
})

/** What producers tell and consumers count. `at` is when it happened, in ms. */
export type DomainEvent =
  | {
      type: 'share'
      site: string
      at: number
      share: ShareRef & { depth: number; path: string }
      /** The share it came of. */
      parent: ShareRef | null
    }
  | { type: 'visit'; site: string; at: number; share: ShareRef }
  /** The visitor has clicked, typed or touched; `at` is the visit's. */
  | { type: 'gesture'; site: string; at: number; share: ShareRef }
  /** A comment appeared on a page, or is no longer as it was: changed, voted on, gone. Without an id it is the thread itself. */
  | { type: 'comment'; site: string; at: number; page: string; comment: string; fresh: boolean }
  /** Something waits for a moderator, or was decided: owners look anew, readers hear nothing. */
  | { type: 'moderation'; site: string; at: number }
  /** A person was born who had arrived through a share. */
  | { type: 'birth'; site: string; at: number; share: ShareRef }
  | {
      type: 'conversion'
      site: string
      at: number
      /** 1 when it is counted, −1 when a changed one is taken back before it is counted anew. */
      sign: 1 | -1
      share: ShareRef | null
      /** Net of what was refunded. */
      value: number | null
      currency: string | null
      proved: boolean
    }

/** What changed in a page's thread, by comments' ids. */
export interface ThreadChange {
  page: string
  fresh: string[]
  changed: string[]
}

/** How much has changed on one site: what live views hear. */
export interface Change {
  site: string
  shares: number
  visits: number
  conversions: number
  comments: number
  threads: ThreadChange[]
}

const TOLD = {
  share: 'shares',
  visit: 'visits',
  conversion: 'conversions',
  comment: 'comments',
  moderation: 'comments',
} as const

/** Adds up events to one change a site. */
export function changesOf(
  events: readonly DomainEvent[],
  into = new Map<string, Change>(),
): Map<string, Change> {
  for (const event of events) {
    const { site, type } = event
    if (type === 'gesture' || type === 'birth') continue
    const change = into.get(site) ?? {
      site,
      shares: 0,
      visits: 0,
      conversions: 0,
      comments: 0,
      threads: [],
    }
    change[TOLD[type]] += 1
    if (type === 'comment') tellThread(change.threads, event.page, event.comment, event.fresh)
    into.set(site, change)
  }
  return into
}

function tellThread(threads: ThreadChange[], page: string, comment: string, fresh: boolean): void {
  let thread = threads.find((one) => one.page === page)
  if (!thread) {
    thread = { page, fresh: [], changed: [] }
    threads.push(thread)
  }
  const list = fresh ? thread.fresh : thread.changed
  if (comment !== '' && !list.includes(comment)) list.push(comment)
}
