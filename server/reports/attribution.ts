import type { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { AttributionQuery, AttributionReport } from '../contract/reports.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { namesOf } from '../identity/names.ts'
import { isAnalysis } from './channel-paths.ts'
import type { Credits, KeyOf } from './credits.ts'
import { lostPaths } from './lost-paths.ts'
import { type Range, rangeText } from './ranges.ts'
import { type Tally, tallyOfChains, tallyOfPaths } from './tallies.ts'
import { touchedConversions } from './touched-conversions.ts'

type Queries = Kysely<Database>
type Asked = Omit<z.output<typeof AttributionQuery>, 'from' | 'to' | 'format'>
type Choice = Pick<Asked, 'touch' | 'split'>

/** What touch models and chain splits make of the conversions of a range. Credits and house add up to their value. */
export async function attributionReport(
  db: Queries,
  site: string,
  range: Range,
  asked: Asked,
): Promise<AttributionReport> {
  const { touch, split, by, halfLifeDays, alpha } = asked
  const against = againstOf(asked)
  const tallies = [{ touch, split }, ...(against ? [against] : [])].map((choice) => tallyOf(choice, asked))
  await countConversions(db, site, range, by, tallies)
  const [credits, beside] = tallies.map((tally) => tally.credits()) as [Credits, Credits?]
  return {
    range: rangeText(range),
    touch,
    split,
    by,
    halfLifeDays,
    alpha,
    against,
    data: await rowsOf(db, site, by, credits, beside),
    house: credits.house.money(),
    againstHouse: beside?.house.money() ?? null,
    paths: tallies.find(({ found }) => found)?.found?.() ?? null,
  }
}

/** The choice that is set beside the first one, if any: what it does not name is the same. */
function againstOf({ touch, split, againstTouch, againstSplit }: Asked): Choice | null {
  if (againstTouch === undefined && againstSplit === undefined) return null
  return { touch: againstTouch ?? touch, split: againstSplit ?? split }
}

function tallyOf({ touch, split }: Choice, { by, halfLifeDays, alpha }: Asked): Tally {
  if (!isAnalysis(touch)) return tallyOfChains({ touch, split, halfLifeDays, alpha })
  if (by === 'channel') return tallyOfPaths(touch)
  throw new AppError('invalid', `has to be channel: ${touch} is about channels`, { field: 'by' })
}

async function countConversions(
  db: Queries,
  site: string,
  range: Range,
  by: Asked['by'],
  tallies: readonly Tally[],
): Promise<void> {
  for await (const page of touchedConversions(db, site, range)) {
    const taken = page.flatMap((conversion) => tallies.map((tally) => tally.take(conversion)))
    const shares = new Set(taken.flatMap(({ hops }) => hops.map(({ share }) => share)))
    const keyOf = await keysOf(db, site, by, [...shares])
    for (const { count } of taken) count(keyOf)
  }
  if (tallies.every(({ lost }) => lost === undefined)) return
  for (const { channels, people } of await lostPaths(db, site, range))
    for (const tally of tallies) tally.lost?.(channels, people)
}

/** What the hops of some shares are credited as: their person, the share itself, its channel or its page. */
async function keysOf(db: Queries, site: string, by: Asked['by'], ids: string[]): Promise<KeyOf> {
  if (by === 'person') return ({ person }) => person
  const rows = await db
    .selectFrom('share')
    .innerJoin('page', (join) =>
      join.onRef('page.site_id', '=', 'share.site_id').onRef('page.id', '=', 'share.page_id'),
    )
    .select(['share.id', 'share.code as share', 'share.channel', 'page.url as page'])
    .where('share.site_id', '=', site)
    .where(isAmong(db, 'share.id', ids))
    .execute()
  const keys = new Map(rows.map((row) => [row.id, row[by]]))
  // Foreign keys keep every share of a chain, and its page.
  return ({ share }) => keys.get(share) as string
}

/** Every key with a part under either choice, most credited first. */
async function rowsOf(
  db: Queries,
  site: string,
  by: Asked['by'],
  credits: Credits,
  beside: Credits | undefined,
): Promise<AttributionReport['data']> {
  const keys = new Set([...credits.keys, ...(beside?.keys ?? [])])
  const nameOf = by === 'person' ? await namesOf(db, site, keys) : undefined
  const rows = [...keys].map((key) => ({
    key,
    name: nameOf?.(key).name ?? null,
    ...credits.of(key),
    against: beside?.of(key).credit ?? null,
  }))
  const worth = ({ credit }: (typeof rows)[number]) => credit.reduce((sum, { amount }) => sum + amount, 0)
  return rows.sort((a, b) => worth(b) - worth(a) || b.conversions - a.conversions || (a.key < b.key ? -1 : 1))
}
