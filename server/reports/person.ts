import type { Kysely } from 'kysely'
import type { PersonReport } from '../contract/reports.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { namesOf } from '../identity/names.ts'
import { ROW_ID } from './on-chain.ts'
import {
  broughtCount,
  earnedBy,
  influenceOf,
  latestBrought,
  latestLinks,
  purchasesOf,
} from './person-store.ts'
import { type Range, rangeText, toText } from './ranges.ts'
import { COUNTED, sumOf, valueOfSubjects } from './store.ts'

/** One person of a site: what they brought in a range, who brought them, whom they brought ever. */
export async function personReport(
  db: Kysely<Database>,
  site: string,
  range: Range,
  id: string,
): Promise<PersonReport> {
  const person = ROW_ID.test(id) ? await personOf(db, site, id) : undefined
  if (!person) throw new AppError('not_found', 'No such person on this site')
  const [counts, values, influence, earned, brought, broughtAll, links, bought] = await Promise.all([
    sumOf(db, site, 'person', range, COUNTED, id),
    valueOfSubjects(db, site, 'person', range, [id]),
    influenceOf(db, site, range, id),
    earnedBy(db, site, id),
    latestBrought(db, site, id),
    broughtCount(db, site, id),
    latestLinks(db, site, id),
    purchasesOf(db, site, range, id),
  ])
  const named = await namesOf(db, site, [id, person.bringer, ...brought.map((one) => one.id)])
  return {
    range: rangeText(range),
    person: named(id),
    createdAt: toText(person.created_at),
    ...counts,
    value: values.get(id) ?? [],
    influence,
    earned,
    broughtBy:
      person.bringer === null || person.code === null
        ? null
        : { person: named(person.bringer), share: person.code },
    brought: brought.map((one) => ({ person: named(one.id), at: toText(one.created_at) })),
    broughtCount: broughtAll,
    links: links.map((link) => ({ ...link, at: toText(link.at) })),
    bought,
  }
}

const personOf = (db: Kysely<Database>, site: string, id: string) =>
  db
    .selectFrom('person')
    .leftJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'person.site_id').onRef('share.id', '=', 'person.brought_by'),
    )
    .select(['person.created_at', 'share.person_id as bringer', 'share.code'])
    .where('person.site_id', '=', site)
    .where('person.id', '=', id)
    .executeTakeFirst()
