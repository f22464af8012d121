import type { Kysely } from 'kysely'
import { idsOfPath } from '../chains/rules.ts'
import type { Referral } from '../contract/referral.ts'
import type { Database } from '../db/schema.ts'
import { namesOf } from '../identity/names.ts'
import { sharesBelow, type sharesOf } from './store.ts'

type Queries = Kysely<Database>
type OwnShare = Awaited<ReturnType<typeof sharesOf>>[number]
type Node = Pick<OwnShare, 'id' | 'parent_id' | 'person_id' | 'visits' | 'conversions'>

/** Most shares of one answer. */
const MOST = 100

/** What came of a person's shares, parents first. */
export async function ownTree(
  db: Queries,
  site: string,
  selves: readonly string[],
  shares: readonly OwnShare[],
): Promise<Referral['tree']> {
  // A share below another of one's own is met on the way down from that one.
  const tops = shares.filter(
    ({ people }) =>
      !idsOfPath(people)
        .slice(0, -1)
        .some((id) => selves.includes(id)),
  )
  const all = tops.reduce((sum, { below }) => sum + 1 + below, 0)
  const nodes: Node[] = tops.slice(0, MOST)
  for (const top of tops) {
    const room = Math.min(top.below, MOST - nodes.length)
    if (room > 0) nodes.push(...(await sharesBelow(db, site, top, room)))
  }
  const named = await namesOf(
    db,
    site,
    nodes.map(({ person_id }) => person_id),
  )
  const numbers = new Map(nodes.map(({ id }, number) => [id, String(number)]))
  return {
    nodes: nodes.map(({ id, parent_id, person_id, visits, conversions }) => ({
      id: numbers.get(id) as string,
      parent: (parent_id !== null && numbers.get(parent_id)) || null,
      name: named(person_id).name,
      you: selves.includes(person_id),
      visits,
      conversions,
    })),
    more: all - nodes.length,
  }
}
