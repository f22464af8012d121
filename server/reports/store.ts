import { type Kysely, sql } from 'kysely'
import type { Money } from '../contract/values.ts'
import { told } from '../db/amounts.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { nowOf } from '../identity/selves.ts'
import { sumOfMoney } from './money.ts'
import { type Piece, piecesOf, type Range } from './ranges.ts'

type Queries = Kysely<Database>
export type Kind = Database['rollup']['kind']
export const COUNTED = ['shares', 'visits', 'conversions'] as const
export type Counted = (typeof COUNTED)[number]
/** The steps of the funnel, as they are counted. */
export const STEPS = ['visits', 'interacted', 'joined', 'conversions', 'passed_on'] as const
type Count = Counted | (typeof STEPS)[number]

/** Rollup rows of a kind that make up a range exactly. */
const rowsOf = (db: Queries, site: string, kind: Kind, pieces: Piece[]) =>
  db
    .selectFrom('rollup')
    .where('site_id', '=', site)
    .where('kind', '=', kind)
    .where((where) =>
      where.or(
        pieces.map(({ grain, from, to }) =>
          where.and([where('grain', '=', grain), where('at', '>=', from), where('at', '<', to)]),
        ),
      ),
    )

/** Whether anybody of a site turned out to be somebody else. */
async function anyMerged(db: Queries, site: string): Promise<boolean> {
  const merged = await db
    .selectFrom('person')
    .select('id')
    .where('site_id', '=', site)
    .where('merged_into', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return merged !== undefined
}

const sums = (column: string) => sql<number>`sum(${sql.ref(column)})`

/** A site's totals in a range: a row of counts, and one a currency. */
export const siteTotals = (db: Queries, site: string, range: Range) =>
  rowsOf(db, site, 'site', piecesOf(range))
    .select('currency')
    .select(
      [...COUNTED, 'attributed', 'proved'].map((c) => sums(c).as(c as Counted | 'attributed' | 'proved')),
    )
    .select(told(sums('amount')).as('amount'))
    .groupBy('currency')
    .orderBy('currency')
    .execute()

/** What came through shares in a range, per currency: each attributed conversion went over one channel. */
export const earnedInRange = async (db: Queries, site: string, range: Range): Promise<Money[]> => {
  const rows = await rowsOf(db, site, 'channel', piecesOf(range))
    .where('currency', '<>', '')
    .select(['currency', told(sums('amount')).as('amount')])
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  return rows.filter(({ amount }) => amount !== 0)
}

/** The currencies that conversions of a range had. */
export async function currenciesIn(db: Queries, site: string, range: Range): Promise<string[]> {
  const rows = await rowsOf(db, site, 'site', piecesOf(range))
    .where('currency', '<>', '')
    .where('conversions', '>', 0)
    .select('currency')
    .distinct()
    .orderBy('currency')
    .execute()
  return rows.map(({ currency }) => currency)
}

/** A site's rollup rows in a range, for a series. */
export const siteSeries = (db: Queries, site: string, pieces: Piece[]) =>
  rowsOf(db, site, 'site', pieces)
    .select(['at', 'currency', ...COUNTED])
    .select(told(sql.ref('amount')).as('amount'))
    .orderBy('currency')
    .execute()

/** The subjects of a kind with the most of something, in order; ties by subject. Those of which nothing is counted are left out. */
export async function topSubjects<C extends Count>(
  db: Queries,
  site: string,
  kind: Kind,
  range: Range,
  counts: readonly C[],
  { sort, limit, offset }: { sort: NoInfer<C>; limit: number; offset: number },
): Promise<({ subject: string } & Record<C, number>)[]> {
  const whole = kind === 'person' && (await anyMerged(db, site))
  const subject = whole
    ? nowOf(sql.ref('rollup.site_id'), 'rollup.subject')
    : sql.ref<string>('rollup.subject')
  return rowsOf(db, site, kind, piecesOf(range))
    .where('currency', '=', '')
    .select(subject.as('subject'))
    .select(counts.map((c) => sums(c).as(c)))
    .groupBy(subject)
    .having((having) => having.or(counts.map((c) => having(sums(c), '>', 0))))
    .orderBy(sql.ref(sort), 'desc')
    .orderBy('subject')
    .limit(limit)
    .offset(offset)
    .$castTo<{ subject: string } & Record<C, number>>()
    .execute()
}

/** Counts of a range over all subjects of a kind, or over some. */
export async function sumOf<C extends Count>(
  db: Queries,
  site: string,
  kind: Kind,
  range: Range,
  counts: readonly C[],
  subjects?: readonly string[],
): Promise<Record<C, number>> {
  let rows = rowsOf(db, site, kind, piecesOf(range)).where('currency', '=', '')
  if (subjects !== undefined) rows = rows.where(isAmong(db, 'subject', subjects))
  const sum = counts.map((c) => sql<number>`coalesce(sum(${sql.ref(c)}), 0)`.as(c))
  return rows.select(sum).$castTo<Record<C, number>>().executeTakeFirstOrThrow()
}

/** What people brought in a range, under all the ids that they have had. */
export async function valueOfPeople(
  db: Queries,
  site: string,
  range: Range,
  people: readonly string[],
): Promise<Map<string, Money[]>> {
  const guests = await db
    .selectFrom('person')
    .select(['id', 'merged_into'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'merged_into', people))
    .execute()
  const values = await valueOfSubjects(db, site, 'person', range, [...people, ...guests.map(({ id }) => id)])
  for (const { id, merged_into } of guests) {
    const person = merged_into as string
    values.set(person, sumOfMoney([...(values.get(person) ?? []), ...(values.get(id) ?? [])]))
  }
  return values
}

/** What some subjects of a kind brought in a range, by subject. */
export async function valueOfSubjects(
  db: Queries,
  site: string,
  kind: Kind,
  range: Range,
  subjects: readonly string[],
): Promise<Map<string, Money[]>> {
  const rows = await rowsOf(db, site, kind, piecesOf(range))
    .where('currency', '<>', '')
    .where(isAmong(db, 'subject', subjects))
    .select(['subject', 'currency', told(sums('amount')).as('amount')])
    .groupBy(['subject', 'currency'])
    .orderBy('currency')
    .execute()
  const values = new Map<string, Money[]>()
  for (const { subject, currency, amount } of rows) {
    if (amount !== 0) values.set(subject, [...(values.get(subject) ?? []), { currency, amount }])
  }
  return values
}

export async function pageUrls(
  db: Queries,
  site: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('page')
    .select(['id', 'url'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', ids))
    .execute()
  return new Map(rows.map(({ id, url }) => [id, url]))
}
