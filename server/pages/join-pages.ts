import type { Work } from '../deps.ts'
import { enqueue } from '../outbox.ts'

interface Page {
  id: string
  author_id: string | null
  title: string | null
}

/** When comments are joined once more, in ms: somebody may be posting to the old page just now. */
const AGAIN_MS = 60_000

/**
 * Makes one page go on as another that is there already: who asks for it gets the other, and its comments follow. What
 * was shared and earned stays told of the page it was shared on.
 */
export async function joinPages(work: Work, site: string, page: Page, into: Page): Promise<void> {
  const { db, now } = work
  await db
    .updateTable('page')
    .set({ identity: `joined:${page.id}` })
    .where('site_id', '=', site)
    .where('id', '=', page.id)
    .execute()
  await db
    .updateTable('page_alias')
    .set({ page_id: into.id })
    .where('site_id', '=', site)
    .where('page_id', '=', page.id)
    .execute()
  await db
    .updateTable('page')
    .set({ author_id: into.author_id ?? page.author_id, title: into.title ?? page.title })
    .where('site_id', '=', site)
    .where('id', '=', into.id)
    .execute()
  const body = { from: page.id, into: into.id }
  await enqueue(work, site, 'join-threads', body)
  await enqueue(work, site, 'join-threads', body, now() + AGAIN_MS)
}
