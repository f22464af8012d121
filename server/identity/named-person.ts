import type { Named } from '../contract/values.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personForAct, visitorKey } from './find-person.ts'

/** Somebody as a site's owner names them: by our id, or by the site's own, which need not have acted yet. */
export type Naming = { person: string } | { customerId: string }

/** The person whom an owner means, born now if the site's own name is all that is known of them. */
export async function namedPerson(work: Work, site: string, naming: Naming): Promise<Named> {
  const id =
    'person' in naming
      ? naming.person
      : await personForAct(work, site, visitorKey({ customerId: naming.customerId }))
  const known = await work.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('site_id', '=', site)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!known) throw new AppError('not_found', 'is no person of this site', { field: 'person' })
  return known
}
