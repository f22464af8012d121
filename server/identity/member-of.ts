import type { Context } from 'hono'
import { AppError } from '../errors.ts'
import type { Env } from '../http.ts'
import { personByKey } from './find-person.ts'

/** The member who asks; guests have nothing to come back to. */
export async function memberOf(c: Context<Env>): Promise<string> {
  c.header('cache-control', 'private, no-store')
  const [{ read }, site, visitor] = [c.get('deps'), c.get('site').id, c.get('visitor')]
  if (visitor === undefined)
    throw new AppError('unauthorized', "Send the person's token: Authorization: Bearer pt_…")
  const id = await personByKey(read, site, visitor)
  const person =
    id &&
    (await read
      .selectFrom('person')
      .select(['id', 'member_since'])
      .where('site_id', '=', site)
      .where('id', '=', id)
      .executeTakeFirst())
  if (!person) throw new AppError('not_found', 'This person has done nothing here yet')
  if (person.member_since === null) throw new AppError('forbidden', 'Sign in first')
  return person.id
}
