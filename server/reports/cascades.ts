import { type Kysely, sql } from 'kysely'
import { shareByCode } from '../chains/find-share.ts'
import type { Cascade, CascadesReport, CascadeTree } from '../contract/reports.ts'
import { CODE_SHAPE } from '../contract/values.ts'
import { fromCursor, isKeyset, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { type Naming, namesOf } from '../identity/names.ts'
import { moneyOf } from './money.ts'
import { toText } from './ranges.ts'

type Queries = Kysely<Database>

const SORTS = {
  recent: 'last_at',
  size: 'size',
  depth: 'depth',
  visits: 'visits',
  conversions: 'conversions',
} as const

/** Structural virality: the mean distance between two nodes of the tree (Goel et al. 2016). */
const virality = sql<number>`2.0 * cascade.distances / (cascade.size * (cascade.size - 1.0))`

/** All cascades of a site in sum, and a page of them. */
export async function cascadesReport(
  db: Queries,
  site: string,
  asked: { sort: keyof typeof SORTS; limit: number; cursor?: string | undefined },
): Promise<CascadesReport> {
  const [summary, page] = await Promise.all([summaryOf(db, site), pageOf(db, site, asked)])
  return { summary, ...page }
}

async function summaryOf(db: Queries, site: string): Promise<CascadesReport['summary']> {
  const { rows } = await sql<Omit<CascadesReport['summary'], 'depths' | 'alone'>>`
    select count(*) as cascades, coalesce(sum(size), 0) as shares, coalesce(max(size), 0) as "maxSize",
      coalesce(max(depth), 0) as "maxDepth", coalesce(max(breadth), 0) as "maxBreadth",
      coalesce(sum(size) * 1.0 / count(*), 0) as "meanSize", coalesce(avg(${virality}), 0) as "meanVirality",
      coalesce(max(${virality}), 0) as "maxVirality"
    from cascade where site_id = ${site}`.execute(db)
  const byDepth = await db
    .selectFrom('cascade')
    .select(['depth', (select) => select.fn.countAll<number>().as('cascades')])
    .where('site_id', '=', site)
    .groupBy('depth')
    .orderBy('depth')
    .execute()
  const all = await db
    .selectFrom('rollup')
    .select(sql<number>`coalesce(sum(shares), 0)`.as('shares'))
    .where('site_id', '=', site)
    .where('kind', '=', 'site')
    .where('grain', '=', 'day')
    .executeTakeFirstOrThrow()
  const [inTrees] = rows as [Omit<CascadesReport['summary'], 'depths' | 'alone'>]
  const depths = Object.fromEntries(byDepth.map(({ depth, cascades }) => [String(depth), cascades]))
  return { ...inTrees, alone: all.shares - inTrees.shares, depths }
}

const listed = (db: Queries, site: string) =>
  db
    .selectFrom('cascade')
    .innerJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'cascade.site_id').onRef('share.id', '=', 'cascade.root_id'),
    )
    .select(['cascade.root_id', 'share.code', 'share.url', 'share.channel', 'share.person_id'])
    .select(['cascade.size', 'cascade.depth', 'cascade.breadth', 'cascade.visits', 'cascade.conversions'])
    .select(['cascade.started_at', 'cascade.last_at', virality.as('virality')])
    .where('cascade.site_id', '=', site)

async function pageOf(
  db: Queries,
  site: string,
  { sort, limit, cursor }: { sort: keyof typeof SORTS; limit: number; cursor?: string | undefined },
): Promise<Pick<CascadesReport, 'data' | 'next'>> {
  const column = `cascade.${SORTS[sort]}` as const
  const after = fromCursor(cursor, isKeyset)
  let query = listed(db, site)
    .orderBy(column, 'desc')
    .orderBy('cascade.root_id', 'desc')
    .limit(limit + 1)
  if (after) {
    const [value, id] = after
    query = query.where((where) =>
      where.or([
        where(column, '<', value),
        where.and([where(column, '=', value), where('cascade.root_id', '<', id)]),
      ]),
    )
  }
  const rows = await query.execute()
  const last = rows[limit - 1]
  const named = await namesOf(
    db,
    site,
    rows.map(({ person_id }) => person_id),
  )
  return {
    data: rows.slice(0, limit).map((row) => asCascade(row, named)),
    next: rows.length > limit && last ? toCursor([last[SORTS[sort]], last.root_id]) : null,
  }
}

type Listed = Awaited<ReturnType<ReturnType<typeof listed>['executeTakeFirstOrThrow']>>

function asCascade(row: Listed, named: Naming): Cascade {
  const { code, url, channel, person_id, size, depth, breadth, visits, conversions, virality: nu } = row
  const times = { startedAt: toText(row.started_at), lastAt: toText(row.last_at) }
  const counts = { size, depth, breadth, virality: nu, visits, conversions }
  return { root: code, url, person: named(person_id), channel, ...counts, ...times }
}

/** Most shares of one tree that are sent. */
const MAX_SHARES = 20_000
/** Most buyers of one tree that are sent, latest first. */
const MAX_BUYERS = 2000

/** The whole tree that a share stands in, named by any code of it. */
export async function cascadeTree(db: Queries, site: string, code: string): Promise<CascadeTree> {
  const share = CODE_SHAPE.test(code) ? await shareByCode(db, site, code) : undefined
  if (!share) throw new AppError('not_found', 'No such share on this site')
  const [nodes, buyers, cascade] = await Promise.all([
    sharesOfTree(db, site, share.root_id),
    buyersOfTree(db, site, share.root_id),
    listed(db, site).where('cascade.root_id', '=', share.root_id).executeTakeFirst(),
  ])
  const named = await namesOf(
    db,
    site,
    [...nodes, ...buyers].map(({ person_id }) => person_id),
  )
  const codes = new Map(nodes.map((node) => [node.id, node.code]))
  const [root] = nodes
  const alone = {
    size: 1,
    depth: 0,
    breadth: 1,
    virality: 0,
    visits: root?.visits ?? 0,
    conversions: root?.conversions ?? 0,
  }
  const { size, depth, breadth, virality: nu, visits, conversions } = cascade ?? alone
  return {
    root: root?.code ?? share.code,
    url: root?.url ?? '',
    ...{ size, depth, breadth, virality: nu, visits, conversions },
    shares: nodes.slice(0, MAX_SHARES).map((node) => ({
      code: node.code,
      parent: node.parent_id === null ? null : (codes.get(node.parent_id) ?? null),
      depth: node.depth,
      person: named(node.person_id),
      channel: node.channel,
      at: toText(node.at),
      below: node.below,
      visits: node.visits,
      conversions: node.conversions,
    })),
    buyers: buyers.map((buyer) => ({
      id: buyer.id,
      share: buyer.code,
      person: buyer.person_id === null ? null : named(buyer.person_id),
      name: buyer.name,
      value: moneyOf(buyer.currency, buyer.value === null ? null : buyer.value - buyer.refunded),
      proved: buyer.proved === 1,
      at: toText(buyer.at),
    })),
    truncated: nodes.length > MAX_SHARES,
  }
}

const sharesOfTree = (db: Queries, site: string, root: string) =>
  db
    .selectFrom('share')
    .innerJoin('share_total', (join) =>
      join.onRef('share_total.site_id', '=', 'share.site_id').onRef('share_total.share_id', '=', 'share.id'),
    )
    .select([
      'share.id',
      'share.code',
      'share.url',
      'share.parent_id',
      'share.depth',
      'share.person_id',
      'share.channel',
    ])
    .select(['share.at', 'share_total.below', 'share_total.visits', 'share_total.conversions'])
    .where('share.site_id', '=', site)
    .where('share.root_id', '=', root)
    .orderBy('share.depth')
    .orderBy('share.id')
    .limit(MAX_SHARES + 1)
    .execute()

const buyersOfTree = (db: Queries, site: string, root: string) =>
  db
    .selectFrom('share')
    .innerJoin('conversion', (join) =>
      join.onRef('conversion.site_id', '=', 'share.site_id').onRef('conversion.share_id', '=', 'share.id'),
    )
    .leftJoin('person_key', (join) =>
      join
        .onRef('person_key.site_id', '=', 'conversion.site_id')
        .onRef('person_key.key_hash', '=', 'conversion.visitor'),
    )
    .select(['conversion.id', 'share.code', 'conversion.name', 'conversion.value', 'conversion.currency'])
    .select(['conversion.refunded', 'conversion.proved', 'conversion.at'])
    .select(({ fn }) => fn.coalesce('conversion.buyer_id', 'person_key.person_id').as('person_id'))
    .where('share.site_id', '=', site)
    .where('share.root_id', '=', root)
    .orderBy('conversion.at', 'desc')
    .limit(MAX_BUYERS)
    .execute()
