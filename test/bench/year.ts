import { DatabaseSync } from 'node:sqlite'
import type { DomainEvent } from '../../server/events.ts'
import { rowIds } from '../../server/ids.ts'
import type { CountedShare } from '../../server/reports/recount.ts'
import { ORIGIN } from './shares.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const PAGES = 500
const CHANNELS = ['copy', 'qr', 'native', 'whatsapp', 'email', 'x']
/** Shares, and people: everybody shares once. */
const SHARES = 50_000
/** One in so many visits ends in a purchase. */
const BUYS = 190

/** A year as it is counted. */
export interface Year {
  shares: CountedShare[]
  /** Everything that happened. */
  happened: DomainEvent[]
}

/** A share, as far as later rows refer to it. */
interface Hop extends CountedShare {
  path: string
  people: string
  page: string
  channel: string
  person: string
}

/**
 * Enters a year of one site up to now, a million events, as raw rows: shares, most of them below another of the
 * latest thousands, visits to them, purchases. The same year each time.
 */
export function enterYear(file: string, site: string, visits: number): Year {
  const db = new DatabaseSync(file)
  db.exec('pragma foreign_keys = off; pragma synchronous = off; pragma cache_size = -262144; begin')
  const enter = (table: string, columns: string) =>
    db.prepare(
      `insert into ${table} (site_id, ${columns}) values (?${', ?'.repeat(columns.split(',').length)})`,
    )
  const [pageRow, person, share, code, visit, conversion] = [
    enter('page', 'id, identity, url, created_at'),
    enter('person', 'id, created_at'),
    enter('share', 'id, code, person_id, page_id, url, channel, parent_id, root_id, depth, path, people, at'),
    enter('share_code', 'code, share_id, revoked_at'),
    enter('visit', 'id, share_id, visitor, page_id, rung, day, at, last_at'),
    enter(
      'conversion',
      'id, order_id, name, value, currency, visitor, share_id, path, people, rung, proved, at',
    ),
  ]
  const random = randomNumbers(20_261_122)
  const start = Date.now() - 365 * DAY_MS
  let now = start
  const newId = rowIds(() => now)
  const pages = Array.from({ length: PAGES }, (_, index) => {
    const id = newId()
    pageRow.run(site, id, `shop.example/articles/${index}`, `${ORIGIN}/articles/${index}`, start)
    return id
  })
  const hops: Hop[] = []
  const happened: DomainEvent[] = []
  /** One of the latest, the later the likelier. */
  const recent = (mean: number) =>
    hops[Math.max(0, hops.length - 1 - Math.floor(-Math.log(1 - random()) * mean))]
  for (let index = 0; index < visits; index++) {
    now = start + Math.floor((index / visits) * 365 * DAY_MS)
    while (hops.length <= (index / visits) * SHARES) {
      const id = newId()
      const parent = random() < 0.6 ? recent(2000) : undefined
      const [page, channel] = [at(pages, random()), at(CHANNELS, random())]
      const { root, depth, path, people } = parent ?? { root: id, depth: -1, path: '', people: '' }
      const chain = { path: path + id, people: people + id }
      const hop = { id, parent: parent?.id ?? null, root, depth: depth + 1, ...chain, at: now }
      const word = site + String(hops.length).padStart(10, '0')
      person.run(site, id, now)
      share.run(
        ...[site, id, word, id, page, `${ORIGIN}/articles/${pages.indexOf(page)}`, channel],
        ...[hop.parent, root, hop.depth, hop.path, hop.people, now],
      )
      code.run(site, word, id, null)
      hops.push({ ...hop, page, channel, person: id })
      const born = { ...hop, page, channel, person: id }
      happened.push({ type: 'share', site, at: now, share: born, parent: parent ?? null })
    }
    const through = recent(4000) as Hop
    const visitor = String(index).padStart(22, '0')
    const day = Math.floor(now / DAY_MS)
    visit.run(site, newId(), through.id, visitor, through.page, 'code', day, now, now)
    happened.push({ type: 'visit', site, at: now, share: through })
    if (index % BUYS === 0) {
      const order = `order-${index}`
      const value = 500 + Math.floor(random() * 20_000)
      const proved = random() < 0.3
      const bought = [site, newId(), order, 'purchase', value, 'EUR', visitor]
      conversion.run(...bought, through.id, through.path, through.people, 'storage', proved ? 1 : 0, now)
      happened.push({
        type: 'conversion',
        site,
        at: now,
        sign: 1,
        share: through,
        value,
        currency: 'EUR',
        proved,
      })
    }
  }
  db.exec('commit')
  db.close()
  return { shares: hops, happened }
}

const at = <T>(list: readonly T[], part: number): T => list[Math.floor(part * list.length)] as T

/** The same numbers from 0 to below 1 for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
