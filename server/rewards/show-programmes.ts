import type { Kysely } from 'kysely'
import type { Programme, ProgrammeVersions } from '../contract/programmes.ts'
import type { Money } from '../contract/values.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import {
  earningsOfProgrammes,
  type ProgrammeRow,
  peopleOfProgrammes,
  programmeById,
  programmesOfSite,
  sumsOfProgrammes,
  versionsOf,
} from './programme-store.ts'

type Queries = Kysely<Database>

/** What a programme of another site, or none, is answered with. */
export const noProgramme = () => new AppError('not_found', 'No such programme on this site')

/** All programmes of a site with what they have brought, latest first. */
export async function listProgrammes(db: Queries, site: string): Promise<Programme[]> {
  return withTotals(db, site, await programmesOfSite(db, site))
}

/** One programme with what it has brought. */
export async function showProgramme(db: Queries, site: string, id: string): Promise<Programme> {
  const row = await programmeById(db, site, id)
  if (!row) throw noProgramme()
  return (await withTotals(db, site, [row], id))[0] as Programme
}

/** Each rule a programme had, latest first. */
export async function listVersions(
  db: Queries,
  site: string,
  id: string,
): Promise<ProgrammeVersions['data']> {
  const versions = await versionsOf(db, site, id)
  if (versions.length === 0) throw noProgramme()
  return versions.map(({ version, at, rule }) => ({ version, at: toText(at), rule }))
}

const toText = (at: number): string => new Date(at).toISOString()

async function withTotals(
  db: Queries,
  site: string,
  rows: ProgrammeRow[],
  only?: string,
): Promise<Programme[]> {
  const sums = await sumsOfProgrammes(db, site, only)
  const earnings = await earningsOfProgrammes(db, site, only)
  const people = await peopleOfProgrammes(db, site, only)
  return rows.map(({ id, name, status, version, rule, created_at, updated_at }) => {
    const mine = sums.filter((sum) => sum.programme_id === id)
    return {
      id,
      name,
      status,
      version,
      rule,
      createdAt: toText(created_at),
      updatedAt: toText(updated_at),
      totals: {
        conversions: earnings.find((row) => row.programme_id === id)?.conversions ?? 0,
        people: people.find((row) => row.programme_id === id)?.people ?? 0,
        owed: moneyOf(mine, 'owed'),
        paid: moneyOf(mine, 'paid'),
        left: leftOfBudget(rule, mine),
      },
    }
  })
}

interface Sum {
  currency: string
  owed: number
  paid: number
}

const moneyOf = (sums: Sum[], what: 'owed' | 'paid'): Money[] =>
  sums.filter((sum) => sum[what] > 0).map((sum) => ({ currency: sum.currency, amount: sum[what] }))

function leftOfBudget({ currency, limits: { budget } }: ProgrammeRow['rule'], sums: Sum[]): Money[] {
  if (budget === null) return []
  const spent = sums.find((sum) => sum.currency === currency)
  return [{ currency, amount: Math.max(0, budget - (spent ? spent.owed + spent.paid : 0)) }]
}
