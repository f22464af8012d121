import type { Named } from '../contract/values.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personForAct, visitorKey } from './find-person.ts'

/** Somebody as a site's owner names them: by our id, or else by the site's own. */
export interface Naming {
  person?: string | undefined
  customerId?: string | undefined
}

/** Whom an owner means: somebody that is there, or whom the site knows by a name of its own, born now if need be. */
export async function namedPerson(work: Work, site: string, { person, customerId }: Naming): Promise<Named> {
  const id = person ?? (await personForAct(work, site, visitorKey({ customerId: customerId as string })))
  const known = await work.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('site_id', '=', site)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!known) throw new AppError('not_found', 'is no person of this site', { field: 'person' })
  return known
}
