import type { Work } from '../deps.ts'

/** The pages that a guest is the author of are those of the member that they turned out to be. */
export async function takeOverPages({ db }: Work, site: string, from: string, to: string): Promise<void> {
  await db
    .updateTable('page')
    .set({ author_id: to })
    .where('site_id', '=', site)
    .where('author_id', '=', from)
    .execute()
}
