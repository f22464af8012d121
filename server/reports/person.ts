import type { Kysely } from 'kysely'
import type { PersonReport } from '../contract/reports.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { namesOf } from '../identity/names.ts'
import { selvesOf } from '../identity/selves.ts'
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
import { COUNTED, sumOf, valueOfPeople } from './store.ts'

/** One person of a site: what they brought in a range, who brought them, whom they brought ever. */
export async function personReport(
  db: Kysely<Database>,
  site: string,
  range: Range,
  asked: string,
): Promise<PersonReport> {
  const person = ROW_ID.test(asked) ? await personOf(db, site, asked) : undefined
  if (!person) throw new AppError('not_found', 'No such person on this site')
  const { id } = person
  const selves = await selvesOf(db, site, id)
  const [counts, values, influence, earned, brought, broughtAll, links, bought] = await Promise.all([
    sumOf(db, site, 'person', range, COUNTED, selves),
    valueOfPeople(db, site, range, [id]),
    influenceOf(db, site, range, selves),
    earnedBy(db, site, id),
    latestBrought(db, site, selves),
    broughtCount(db, site, selves),
    latestLinks(db, site, selves),
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

/** Somebody by any id they have had, and who brought them, first of all. */
const personOf = (db: Kysely<Database>, site: string, id: string) =>
  db
    .selectFrom('person as known')
    .innerJoin('person', (join) =>
      join
        .onRef('person.site_id', '=', 'known.site_id')
        .on('person.id', '=', ({ fn }) => fn.coalesce('known.merged_into', 'known.id')),
    )
    .leftJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'person.site_id').onRef('share.id', '=', 'person.brought_by'),
    )
    .select(['person.id', 'person.created_at', 'share.person_id as bringer', 'share.code'])
    .where('known.site_id', '=', site)
    .where('known.id', '=', id)
    .executeTakeFirst()
