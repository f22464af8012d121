import type { Work } from '../deps.ts'

/** What a guest bought is what the member bought that they turned out to be; the chains it came by stay as they were. */
export async function takeOverPurchases({ db }: Work, site: string, from: string, to: string): Promise<void> {
  await db
    .updateTable('conversion')
    .set({ buyer_id: to })
    .where('site_id', '=', site)
    .where('buyer_id', '=', from)
    .execute()
}
