import type { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { chainOf, creditChain } from '../attribution/rules.ts'
import { idsOfPath } from '../chains/rules.ts'
import type { AttributionQuery, AttributionReport } from '../contract/reports.ts'
import type { Money } from '../contract/values.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { type Range, rangeText } from './ranges.ts'

type Queries = Kysely<Database>
type Asked = Pick<z.output<typeof AttributionQuery>, 'touch' | 'split' | 'by'>

/** Conversions read at a time. */
const PAGE = 1000

/** Amounts per currency. */
class Purse {
  readonly #amounts = new Map<string, number>()

  add(currency: string, amount: number): void {
    this.#amounts.set(currency, (this.#amounts.get(currency) ?? 0) + amount)
  }

  money(): Money[] {
    return [...this.#amounts]
      .filter(([, amount]) => amount !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amount]) => ({ currency, amount: Math.min(amount, Number.MAX_SAFE_INTEGER) }))
  }
}

/** What a touch model and a chain split make of the conversions of a range. Credits and house add up to their value. */
export async function attributionReport(
  db: Queries,
  site: string,
  range: Range,
  asked: Asked,
): Promise<AttributionReport> {
  const house = new Purse()
  const credited = new Map<string, { conversions: number; credit: Purse }>()
  for await (const page of conversionsIn(db, site, range)) {
    const keys = await keysOf(
      db,
      site,
      asked.by,
      page.flatMap(({ path }) => idsOfPath(path ?? '')),
    )
    for (const conversion of page) creditOne(conversion, asked.split, keys, credited, house)
  }
  const data = [...credited].map(([key, { conversions, credit }]) => ({
    key,
    conversions,
    name: null,
    credit: credit.money(),
    against: null,
  }))
  const worth = ({ credit }: (typeof data)[number]) => credit.reduce((sum, { amount }) => sum + amount, 0)
  data.sort((a, b) => worth(b) - worth(a) || b.conversions - a.conversions || (a.key < b.key ? -1 : 1))
  return {
    range: rangeText(range),
    ...asked,
    halfLifeDays: 7,
    alpha: 0.5,
    against: null,
    data,
    house: house.money(),
    againstHouse: null,
    paths: null,
  }
}

type Credited = Map<string, { conversions: number; credit: Purse }>
type Converted = Pick<Database['conversion'], 'id' | 'at' | 'path' | 'value' | 'currency'>

function creditOne(
  { path, value, currency }: Converted,
  split: Asked['split'],
  keys: Map<string, string>,
  credited: Credited,
  house: Purse,
) {
  const model = { touch: 'last', split, halfLifeDays: 7, alpha: 0.5 } as const
  const touches = path === null ? [] : [{ at: 0, hops: chainOf(path, path, null) }]
  const amounts = creditChain(value ?? 0, 0, touches, model)
  if (currency !== null) house.add(currency, amounts.house)
  const earned = new Map<string, number>()
  for (const { share, amount } of amounts.lines) {
    const key = keys.get(share)
    if (key !== undefined) earned.set(key, (earned.get(key) ?? 0) + amount)
  }
  for (const [key, amount] of earned) {
    const line = credited.get(key) ?? { conversions: 0, credit: new Purse() }
    line.conversions++
    if (currency !== null) line.credit.add(currency, amount)
    credited.set(key, line)
  }
}

async function* conversionsIn(db: Queries, site: string, { from, to }: Range): AsyncGenerator<Converted[]> {
  let after = { at: from - 1, id: '' }
  for (;;) {
    const page = await db
      .selectFrom('conversion')
      .select(['id', 'at', 'path', 'value', 'currency'])
      .where('site_id', '=', site)
      .where('at', '<', to)
      .where((where) =>
        where.or([
          where('at', '>', after.at),
          where.and([where('at', '=', after.at), where('id', '>', after.id)]),
        ]),
      )
      .orderBy('at')
      .orderBy('id')
      .limit(PAGE)
      .execute()
    yield page
    const last = page.at(-1)
    if (page.length < PAGE || !last) return
    after = last
  }
}

/** What each share is credited as: its person, itself, its channel or its page. */
async function keysOf(
  db: Queries,
  site: string,
  by: Asked['by'],
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('share')
    .innerJoin('page', (join) =>
      join.onRef('page.site_id', '=', 'share.site_id').onRef('page.id', '=', 'share.page_id'),
    )
    .select([
      'share.id',
      'share.person_id as person',
      'share.code as share',
      'share.channel',
      'page.url as page',
    ])
    .where('share.site_id', '=', site)
    .where(isAmong(db, 'share.id', [...new Set(ids)]))
    .execute()
  return new Map(rows.map((row) => [row.id, row[by]]))
}
