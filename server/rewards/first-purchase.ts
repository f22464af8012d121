import { type Kysely, sql } from 'kysely'
import type { Rule } from '../contract/programmes.ts'
import type { Database } from '../db/schema.ts'
import type { Purchase } from './bought.ts'

/** What tells that two purchases are one buyer's: the person, the visitor's key, the mail address. */
export const identitiesOf = ({ row, buyer }: Pick<Purchase, 'buyer' | 'row'>): string[] => [
  ...(buyer === null ? [] : [`person ${buyer}`]),
  ...(row.visitor === null ? [] : [`visitor ${row.visitor}`]),
  ...(row.mail_hash === null ? [] : [`mail ${row.mail_hash}`]),
]

/** Who bought, for counting friends: the surest identity; an order nobody can be told to have made is a friend's own. */
export const friendIn = (purchase: Pick<Purchase, 'buyer' | 'row'>): string =>
  identitiesOf(purchase)[0] ?? `order ${purchase.row.id}`

/** Whether a purchase is one that a rule for first purchases looks at. Claims count only where claims are paid. */
export const isSuch = ({ conversion, proof }: Rule, row: Database['conversion']): boolean =>
  row.voided === 0 &&
  (conversion === null || conversion === row.name) &&
  (proof === 'any' || row.proved === 1)

/**
 * Whether the same buyer, as far as anybody can tell, has neither bought such a thing before nor earned somebody a
 * reward under this programme, at whatever time that is said to have been.
 */
export async function isFirst(
  db: Kysely<Database>,
  { row, buyer }: Purchase,
  { conversion, proof }: Rule,
  programme: string,
): Promise<boolean> {
  const { site_id: site, id, at, visitor, mail_hash } = row
  const sameBuyer = [
    ...(buyer === null
      ? []
      : [
          sql`c.buyer_id = ${buyer}`,
          sql`c.visitor in (select key_hash from person_key where site_id = ${site} and person_id = ${buyer})`,
        ]),
    ...(visitor === null ? [] : [sql`c.visitor = ${visitor}`]),
    ...(mail_hash === null ? [] : [sql`c.mail_hash = ${mail_hash}`]),
  ]
  const named = conversion === null ? sql`` : sql`and c.name = ${conversion}`
  const proved = proof === 'any' ? sql`` : sql`and c.proved = 1`
  for (const same of sameBuyer) {
    const { rows } = await sql`select 1 from conversion c
      where c.site_id = ${site} and ${same} and c.id <> ${id} and c.voided = 0 ${named} ${proved}
        and (c.at < ${at} or (c.at = ${at} and c.id < ${id}) or exists (select 1 from earning e
          where e.site_id = c.site_id and e.programme_id = ${programme} and e.conversion_id = c.id and e.pot > 0))
      limit 1`.execute(db)
    if (rows.length > 0) return false
  }
  return true
}
