import type { Work } from '../deps.ts'

/** A browser got another token: how it had arrived so far, and what waits for its code, goes along. */
export async function takeOverArrivals({ db }: Work, site: string, from: string, to: string): Promise<void> {
  for (const table of ['visit', 'waiting'] as const)
    await db
      .updateTable(table)
      .set({ visitor: to })
      .where('site_id', '=', site)
      .where('visitor', '=', from)
      .execute()
}
