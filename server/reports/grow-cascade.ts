import { type Kysely, sql } from 'kysely'
import { idsOfPath } from '../chains/rules.ts'
import { greatest, isAmong, isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>

interface NewShare {
  id: string
  root: string
  depth: number
  path: string
}

/**
 * Enters a share among the totals, and lets its cascade grow by it. Totals of shares are written before cascades, here
 * and where visits are counted: whoever holds a share's total sees all its visits, and nobody waits in a circle.
 */
export async function enterShare(db: Queries, site: string, share: NewShare, at: number): Promise<void> {
  await db
    .insertInto('share_total')
    .values({ site_id: site, share_id: share.id, below: 0, visits: 0, conversions: 0 })
    .execute()
  if (share.depth === 0) return
  await holdTree(db, site, share.root)
  const above = idsOfPath(share.path).slice(0, -1)
  await sql`update share_total set below = below + 1
    where site_id = ${site} and ${isAmong(db, 'share_id', above)}`.execute(db)
  await beginCascade(db, site, share.root)
  await growCascade(db, site, share, above, at)
}

/** Makes those who enter shares in one tree take turns, which SQLite's one writer does anyway. */
async function holdTree(db: Queries, site: string, root: string): Promise<void> {
  if (!isPostgres(db)) return
  const total = db.selectFrom('share_total').select('share_id').where('site_id', '=', site)
  await total.where('share_id', '=', root).forUpdate().execute()
}

/** A root becomes a cascade when its first child comes. */
async function beginCascade(db: Queries, site: string, root: string): Promise<void> {
  await sql`insert into cascade (site_id, root_id, size, depth, breadth, depth_sum, distances, visits, conversions,
      started_at, last_at)
    select share.site_id, share.id, 1, 0, 1, 0, 0, share_total.visits, share_total.conversions, share.at, share.at
    from share join share_total on share_total.site_id = share.site_id and share_total.share_id = share.id
    where share.site_id = ${site} and share.id = ${root}
    on conflict (site_id, root_id) do nothing`.execute(db)
}

/**
 * Adds a leaf below its parent. With n nodes before it, the sum of all pairwise distances grows by n + D(parent), and
 * D(v), the distances from v to all nodes, is n·depth(v) + Σ depth − 2·Σ size(a) over v's ancestors a below the root
 * (v among them): two nodes are as far apart as their depths less twice that of their lowest common ancestor.
 * The leaf is among `below` already, which thus is the size that each of them had before it came.
 */
async function growCascade(
  db: Queries,
  site: string,
  { root, depth }: NewShare,
  above: string[],
  at: number,
): Promise<void> {
  const sizes = sql`(select coalesce(sum(below), 0) from share_total
    where site_id = ${site} and ${isAmong(db, 'share_id', above.slice(1))})`
  const { shares } = await db
    .insertInto('cascade_level')
    .values({ site_id: site, root_id: root, depth, shares: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['site_id', 'root_id', 'depth'])
        .doUpdateSet((set) => ({ shares: set('cascade_level.shares', '+', 1) })),
    )
    .returning('shares')
    .executeTakeFirstOrThrow()
  await sql`update cascade set
      distances = distances + size + size * ${depth - 1} + depth_sum - 2 * ${sizes},
      depth_sum = depth_sum + ${depth},
      size = size + 1,
      depth = ${greatest(db, sql`depth`, sql`${depth}`)},
      breadth = ${greatest(db, sql`breadth`, sql`${shares}`)},
      last_at = ${greatest(db, sql`last_at`, sql`${at}`)}
    where site_id = ${site} and root_id = ${root}`.execute(db)
}
