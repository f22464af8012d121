import type { Kysely, SelectQueryBuilder } from 'kysely'
import { isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>
type Row = Database['conversion']

type Found = SelectQueryBuilder<Database, 'conversion', Row>

/** SQLite has one writer and needs no row locks. */
const locked = (db: Queries, found: Found): Found => (isPostgres(db) ? found.forUpdate() : found)

/** Enters a conversion; answers false when its order is known. */
export async function insertConversion(db: Queries, row: Row): Promise<boolean> {
  const inserted = await db
    .insertInto('conversion')
    .values(row)
    .onConflict((conflict) => conflict.columns(['site_id', 'order_id']).doNothing())
    .executeTakeFirstOrThrow()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** A conversion by its order, locked until the transaction ends. */
export async function conversionByOrder(db: Queries, site: string, orderId: string): Promise<Row> {
  const found = db
    .selectFrom('conversion')
    .selectAll()
    .where('site_id', '=', site)
    .where('order_id', '=', orderId)
  return locked(db, found).executeTakeFirstOrThrow()
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
