import { sql } from 'kysely'
import type { Database } from '../../server/db/schema.ts'
import type { Bench } from './databases.ts'

const HOUR = 60 * 60_000

type Share = Database['share']
type Conversion = Database['conversion']
export type By = 'person' | 'share' | 'channel' | 'page'

/** What happened to one site, in rows as they were entered: nothing that was counted. */
export async function factsOf({ deps: { read } }: Bench, site: string) {
  type Raw = 'share' | 'visit' | 'conversion' | 'page' | 'person' | 'person_key'
  const rows = async <T extends Raw>(table: T) => {
    const { rows } = await sql<
      Database[T]
    >`select * from ${sql.table(table)} where site_id = ${site}`.execute(read)
    return rows
  }
  const keys = await rows('person_key')
  const people = await rows('person')
  return {
    shares: await rows('share'),
    visits: await rows('visit'),
    conversions: await rows('conversion'),
    people,
    urls: new Map((await rows('page')).map(({ id, url }) => [id, url])),
    personOf: new Map(keys.map(({ key_hash, person_id }) => [key_hash, person_id])),
    nameOf: new Map(people.map(({ id, name }) => [id, name])),
  }
}
export type Facts = Awaited<ReturnType<typeof factsOf>>

/** From `from` to before `to`, in ms. */
export interface Span {
  from: number
  to: number
}

export const widened = ({ from, to }: Span): Span => ({
  from: Math.floor(from / HOUR) * HOUR,
  to: Math.ceil(to / HOUR) * HOUR,
})

export const within = <T extends { at: number }>(rows: T[], { from, to }: Span) =>
  rows.filter(({ at }) => at >= from && at < to)

export const net = ({ value, refunded }: Conversion) => (value ?? 0) - refunded

const money = (conversions: Conversion[]) =>
  sumsByCurrency(conversions.map((one) => [one.currency, net(one)]))

export function sumsByCurrency(parts: [string | null, number][]) {
  const sums: Record<string, number> = {}
  for (const [currency, amount] of parts) if (currency) sums[currency] = (sums[currency] ?? 0) + amount
  return Object.keys(sums)
    .sort()
    .filter((currency) => sums[currency] !== 0)
    .map((currency) => ({ currency, amount: sums[currency] as number }))
}

/** The totals of a span, straight from the rows. */
export function totalsOf(facts: Facts, span: Span) {
  const conversions = within(facts.conversions, span)
  return {
    shares: within(facts.shares, span).length,
    visits: within(facts.visits, span).length,
    conversions: conversions.length,
    attributed: conversions.filter(({ share_id }) => share_id !== null).length,
    proved: conversions.filter(({ proved }) => proved === 1).length,
    value: money(conversions),
    earned: money(conversions.filter(({ share_id }) => share_id !== null)),
  }
}

export const subjectOf = (share: Share, by: By): string =>
  ({ person: share.person_id, share: share.code, channel: share.channel, page: share.page_id })[by]

/** Who, or what, brought how much, most first; what brought nothing is not there. */
export function topOf(facts: Facts, span: Span, by: By, sort: 'shares' | 'visits' | 'conversions') {
  const shares = new Map(facts.shares.map((share) => [share.id, share]))
  const subject = (id: string | null) => (id === null ? null : subjectOf(shares.get(id) as Share, by))
  const rows = [...new Set(facts.shares.map((share) => subjectOf(share, by)))].map((name) => {
    const conversions = within(facts.conversions, span).filter((c) => subject(c.share_id) === name)
    return {
      subject: name,
      shares: within(facts.shares, span).filter((share) => subjectOf(share, by) === name).length,
      visits: within(facts.visits, span).filter((visit) => subject(visit.share_id) === name).length,
      conversions: conversions.length,
      value: money(conversions),
    }
  })
  return rows
    .filter((row) => row.shares + row.visits + row.conversions > 0)
    .sort((a, b) => b[sort] - a[sort] || (a.subject < b.subject ? -1 : 1))
}

/** A share and those above it, nearest first, by walking from parent to parent. */
export function chainOf(facts: Facts, id: string | null): Share[] {
  const share = facts.shares.find((one) => one.id === id)
  return share ? [share, ...chainOf(facts, share.parent_id)] : []
}

/** All trees of at least two shares, measured by looking at every pair of nodes; and the roots alone. */
export function cascadesOf(facts: Facts) {
  const roots = facts.shares.filter(({ parent_id }) => parent_id === null)
  const trees = roots.map((root) => {
    const nodes = facts.shares.filter(({ id }) => chainOf(facts, id).at(-1)?.id === root.id)
    return { root, nodes }
  })
  const cascades = trees
    .filter(({ nodes }) => nodes.length > 1)
    .map(({ root, nodes }) => {
      const ids = new Set(nodes.map(({ id }) => id))
      const depths = nodes.map(({ id }) => chainOf(facts, id).length - 1)
      const ofTree = ({ share_id }: { share_id: string | null }) => share_id !== null && ids.has(share_id)
      const n = nodes.length
      return {
        root: root.code,
        size: n,
        depth: Math.max(...depths),
        breadth: Math.max(
          ...depths.map((level) => (level === 0 ? 0 : depths.filter((d) => d === level).length)),
        ),
        virality: nodes.reduce((sum, { id }) => sum + distancesFrom(id, nodes), 0) / (n * (n - 1)),
        visits: facts.visits.filter(ofTree).length,
        conversions: facts.conversions.filter(ofTree).length,
        startedAt: root.at,
        lastAt: Math.max(...nodes.map(({ at }) => at)),
        rootId: root.id,
      }
    })
  return { cascades, alone: trees.length - cascades.length }
}

/** The sum of the distances from one node to all others, breadth first. */
function distancesFrom(start: string, nodes: Share[]): number {
  let sum = 0
  const seen = new Set([start])
  for (let level = [start], distance = 1; level.length > 0; distance++) {
    const near = nodes.filter(
      ({ id, parent_id }) =>
        !seen.has(id) &&
        (level.includes(parent_id ?? '') ||
          level.some((at) => nodes.find((n) => n.id === at)?.parent_id === id)),
    )
    for (const { id } of near) seen.add(id)
    sum += distance * near.length
    level = near.map(({ id }) => id)
  }
  return sum
}
