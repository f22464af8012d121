import type { PageAuthor } from '../contract/pages.ts'
import type { Work } from '../deps.ts'
import { type Naming, namedPerson } from '../identity/named-person.ts'
import { pageForUrl } from './find-page.ts'

/** Says who wrote a page, or that nobody did; it is entered if nobody has shared it yet. What was earned before stays as it is. */
export async function setAuthor(
  work: Work,
  site: string,
  url: URL,
  naming: Naming | null,
): Promise<PageAuthor> {
  const author = naming && (await namedPerson(work, site, naming))
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
