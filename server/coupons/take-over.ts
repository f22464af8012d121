import type { Work } from '../deps.ts'

/** A guest's coupons and gifts are those of the member that they turned out to be; their shares stay where they stand. */
export async function takeOverCoupons({ db }: Work, site: string, from: string, to: string): Promise<void> {
  await db
    .updateTable('coupon')
    .set({ person_id: to })
    .where('site_id', '=', site)
    .where('person_id', '=', from)
    .execute()
}
