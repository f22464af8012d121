import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personForAct, visitorKey } from '../identity/find-person.ts'

/** Whose a coupon shall be: somebody that is there, or whom the site knows by a name of its own, born now if need be. */
export async function ownerOf(
  work: Work,
  site: string,
  { person, customerId }: { person?: string | undefined; customerId?: string | undefined },
): Promise<Database['person']['id']> {
  if (person === undefined) {
    return personForAct(work, site, visitorKey({ customerId: customerId as string }))
  }
  const known = await work.db
    .selectFrom('person')
    .select('id')
    .where('site_id', '=', site)
    .where('id', '=', person)
    .executeTakeFirst()
  if (!known) throw new AppError('not_found', 'is no person of this site', { field: 'person' })
  return known.id
}
