import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { isPostgres } from '../db/dialect.ts'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>
type Row = Database['conversion']
type Refund = Database['refund']

type Found = SelectQueryBuilder<Database, 'conversion', Row>

/** SQLite has one writer and needs no row locks. */
const locked = (db: Queries, found: Found): Found => (isPostgres(db) ? found.forUpdate() : found)

const COLUMNS = [
  ...(['site_id', 'id', 'order_id', 'name', 'value', 'currency', 'visitor', 'share_id', 'path'] as const),
  ...(['rung', 'proved', 'at', 'people', 'buyer_id', 'touches', 'refunded', 'voided', 'coupon'] as const),
  ...(['mail_hash', 'signs'] as const),
] as const
const enterConversion = prepare((db, slot: (name: keyof Row) => never) =>
  db
    .insertInto('conversion')
    .values(Object.fromEntries(COLUMNS.map((column) => [column, slot(column)])) as unknown as Row)
    .onConflict((conflict) => conflict.columns(['site_id', 'order_id']).doNothing()),
)

/** Enters a conversion; answers false when its order is known. */
export async function insertConversion(db: Queries, row: Row): Promise<boolean> {
  const { numAffectedRows } = await enterConversion(db, row)
  return numAffectedRows === 1n
}

/** A conversion by its order, locked until the transaction ends. */
export async function conversionByOrder(
  db: Queries,
  site: string,
  orderId: string,
): Promise<Row | undefined> {
  const found = db
    .selectFrom('conversion')
    .selectAll()
    .where('site_id', '=', site)
    .where('order_id', '=', orderId)
  return locked(db, found).executeTakeFirst()
}

/** A conversion by its id, locked until the transaction ends. */
export async function conversionById(db: Queries, site: string, id: string): Promise<Row | undefined> {
  const found = db.selectFrom('conversion').selectAll().where('site_id', '=', site).where('id', '=', id)
  return locked(db, found).executeTakeFirst()
}

export async function updateConversion(db: Queries, row: Row): Promise<void> {
  const { site_id, id, ...changed } = row
  await db
    .updateTable('conversion')
    .set(changed)
    .where('site_id', '=', site_id)
    .where('id', '=', id)
    .execute()
}

/** Makes whoever deals with an order that is not known yet wait for each other. */
export async function lockOrder(db: Queries, site: string, orderId: string): Promise<void> {
  if (isPostgres(db))
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${site} ${orderId}`}, 0))`.execute(db)
}

/** Enters a refund; answers false when its id is known. */
export async function insertRefund(db: Queries, row: Refund): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('refund')
    .values(row)
    .onConflict((conflict) => conflict.columns(['site_id', 'refund_id']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const refundById = (db: Queries, site: string, refundId: string): Promise<Refund> =>
  db
    .selectFrom('refund')
    .selectAll()
    .where('site_id', '=', site)
    .where('refund_id', '=', refundId)
    .executeTakeFirstOrThrow()

/** All refunds of an order, oldest first. */
export const refundsOf = (db: Queries, site: string, orderId: string): Promise<Refund[]> =>
  db
    .selectFrom('refund')
    .selectAll()
    .where('site_id', '=', site)
    .where('order_id', '=', orderId)
    .orderBy('at')
    .orderBy('refund_id')
    .execute()

/** Notes what a refund took off, and of which conversion. */
export async function changeRefund(db: Queries, row: Refund): Promise<void> {
  const { site_id, refund_id, conversion_id, applied } = row
  await db
    .updateTable('refund')
    .set({ conversion_id, applied })
    .where('site_id', '=', site_id)
    .where('refund_id', '=', refund_id)
    .execute()
}
