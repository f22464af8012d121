import type { PageAuthor } from '../contract/pages.ts'
import type { Named } from '../contract/values.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personForAct, visitorKey } from '../identity/find-person.ts'
import { pageForUrl } from './find-page.ts'

/** Somebody as the site's owner names them: by the site's own id, by ours, or nobody. */
export interface Author {
  customerId?: string | undefined
  person?: string | null | undefined
}

/** Says who wrote a page, which is entered if nobody has shared it yet. What was earned before stays as it is. */
export async function setAuthor(work: Work, site: string, url: URL, named: Author): Promise<PageAuthor> {
  const author = await findAuthor(work, site, named)
  const id = await pageForUrl(work, site, url)
  const page = await work.db
    .updateTable('page')
    .set({ author_id: author?.id ?? null })
    .where('site_id', '=', site)
    .where('id', '=', id)
    .returning('url')
    .executeTakeFirstOrThrow()
  return { id, url: page.url, author }
}

async function findAuthor(work: Work, site: string, { customerId, person }: Author): Promise<Named | null> {
  if (customerId === undefined && person == null) return null
  const id = customerId === undefined ? person : await personForAct(work, site, visitorKey({ customerId }))
  const known = await work.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('site_id', '=', site)
    .where('id', '=', id as string)
    .executeTakeFirst()
  if (!known) throw new AppError('not_found', 'No such person on this site')
  return known
}
