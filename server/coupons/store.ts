import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>
type Row = Database['coupon']

/** Enters a coupon; answers false when its code is taken. */
export async function insertCoupon(db: Queries, row: Row): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('coupon')
    .values(row)
    .onConflict((conflict) => conflict.columns(['site_id', 'code']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const couponByCode = (db: Queries, site: string, code: string): Promise<Row | undefined> =>
  db.selectFrom('coupon').selectAll().where('site_id', '=', site).where('code', '=', code).executeTakeFirst()

/** Only a coupon that can be redeemed at this moment; the row decides, under concurrency too. */
const working = (db: Queries, site: string, code: string, at: number) =>
  db
    .updateTable('coupon')
    .where('site_id', '=', site)
    .where('code', '=', code)
    .where('revoked_at', 'is', null)
    .where('passed_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', at)]))
    .where((where) => where.or([where('most', 'is', null), where('used', '<', where.ref('most'))]))

/** Takes one use of a coupon, for one that the conversion took before; answers false when it has none left to take. */
export async function takeUse(db: Queries, use: Database['coupon_use']): Promise<boolean> {
  const { site_id: site, code, at } = use
  const { numUpdatedRows } = await working(db, site, code, at)
    .set({ used: sql`used + 1` })
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) return false
  await giveUseBack(db, site, use.conversion_id)
  await db.insertInto('coupon_use').values(use).execute()
  return true
}

/** Gives a use back that a conversion had taken. */
async function giveUseBack(db: Queries, site: string, conversion: string): Promise<void> {
  const use = await db
    .deleteFrom('coupon_use')
    .where('site_id', '=', site)
    .where('conversion_id', '=', conversion)
    .returning('code')
    .executeTakeFirst()
  if (!use) return
  await db
    .updateTable('coupon')
    .set({ used: sql`used - 1` })
    .where('site_id', '=', site)
    .where('code', '=', use.code)
    .execute()
}

/** Voids a gift's code, since it is passed on; answers false when it no longer works. */
export async function voidPassed(db: Queries, site: string, code: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await working(db, site, code, at)
    .set({ passed_at: at })
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Ends a coupon, a gift in whosever hands it is. */
export async function endCoupon(
  db: Queries,
  { site_id, code, gift }: Pick<Row, 'site_id' | 'code' | 'gift'>,
  at: number,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('coupon')
    .set({ revoked_at: at })
    .where('site_id', '=', site_id)
    .where(gift === null ? 'code' : 'gift', '=', gift ?? code)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  // Whoever was passing it on meanwhile has been waited for: the code of the next hands is seen only now.
  if (gift !== null && numUpdatedRows > 0n) await endCoupon(db, { site_id, code, gift }, at)
}

/** Coupons as owners see them: with their person's name, and how often they were passed on before. */
export const shownCoupons = (db: Queries, site: string) =>
  db
    .selectFrom('coupon')
    .innerJoin('person', (join) =>
      join.onRef('person.site_id', '=', 'coupon.site_id').onRef('person.id', '=', 'coupon.person_id'),
    )
    .selectAll('coupon')
    .select('person.name')
    .select((select) =>
      select
        .selectFrom('coupon as before')
        .select(select.fn.countAll<number>().as('hops'))
        .whereRef('before.site_id', '=', 'coupon.site_id')
        .whereRef('before.gift', '=', 'coupon.gift')
        .whereRef('before.passed_at', '<=', 'coupon.created_at')
        .whereRef('before.code', '!=', 'coupon.code')
        .as('hops'),
    )
    .where('coupon.site_id', '=', site)
