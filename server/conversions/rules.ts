import type { Database } from '../db/schema.ts'

type Row = Database['conversion']

/** What was suspicious when a conversion was reported. */
export type Sign = 'bot' | 'no_gesture' | 'disposable_mail'

/** Whether a report of a known order may say who brought it: nobody has, or it proves what a page has claimed. */
export const mayBring = (known: Pick<Row, 'share_id' | 'proved'>, report: Pick<Row, 'proved'>): boolean =>
  known.share_id === null || report.proved > known.proved

/**
 * One order reported more than once. The first report stands, but what a secret key proves takes the place of what a
 * page claimed, and whoever knows who bought and through whom adds it where it was missing.
 */
export function mergeReports(known: Row, report: Row): Row {
  const proves = report.proved > known.proved
  const { name, value, currency } = proves ? report : known
  // A coupon wins over clicks, also over those that are known only later.
  const brings = report.share_id !== null && known.coupon === null && mayBring(known, report)
  const { share_id, path, people, rung, touches } = brings ? report : known
  // Who bought is told with who brought them, or where nobody has told it: not by whoever repeats the order.
  const buys = brings || known.visitor === null
  return {
    ...known,
    name,
    value: proves && value === null ? known.value : value,
    currency: proves && value === null ? known.currency : currency,
    visitor: known.visitor ?? report.visitor,
    share_id,
    path,
    rung,
    proved: Math.max(known.proved, report.proved),
    people,
    buyer_id: (proves ? report.buyer_id : null) ?? known.buyer_id ?? (buys ? report.buyer_id : null),
    touches,
    mail_hash: known.mail_hash ?? report.mail_hash,
    signs: mergeSigns(known.signs, report.signs),
  }
}

/** What either report was suspicious for: that a server proves an order does not make its page's visitor a person. */
function mergeSigns(known: string | null, added: string | null): string | null {
  if (known === null || added === null) return known ?? added
  return writtenSigns([...(JSON.parse(known) as Sign[]), ...(JSON.parse(added) as Sign[])])
}

/** Signs as they are stored. */
export const writtenSigns = (signs: readonly Sign[]): string | null =>
  signs.length === 0 ? null : JSON.stringify([...new Set(signs)].sort())

/** Which rung of the ladder caught a conversion: what the server knew of the visitor, or the code it was told. */
export function rungOf(
  { proved, customerId }: { proved: boolean; customerId?: string | undefined },
  through: 'storage' | 'code',
): string {
  if (through === 'code') return proved ? 'server' : 'code'
  return customerId === undefined ? 'storage' : 'customer'
}

/** What counts of a conversion: its value less what was given back. */
export const netValue = ({ value, refunded }: Pick<Row, 'value' | 'refunded'>): number | null =>
  value === null ? null : Math.max(0, value - refunded)

/** A refund as far as sums need it: null is all that is left. */
type Asked = Pick<Database['refund'], 'value' | 'currency'>

/** What a refund leaves of an order: no more than there is can be taken off, and a whole refund voids it. */
export function takeOff(
  order: Pick<Row, 'value' | 'refunded' | 'voided'>,
  asked: number | null,
): { applied: number; refunded: number; voided: number } {
  const left = netValue(order) ?? 0
  const applied = Math.min(left, asked ?? left)
  const wholly = asked === null || (applied > 0 && applied === left)
  return { applied, refunded: order.refunded + applied, voided: wholly ? 1 : order.voided }
}

/**
 * What refunds take off an order whose value has just become known, or another, oldest first. `null` in `applied` is
 * one in another currency, which waits on.
 */
export function takeOffAll(
  order: Pick<Row, 'value' | 'currency'>,
  refunds: readonly Asked[],
): { applied: (number | null)[]; refunded: number; voided: number } {
  let sums = { refunded: 0, voided: 0 }
  const applied = refunds.map(({ value, currency }) => {
    if (value !== null && currency !== order.currency) return null
    const { applied, ...rest } = takeOff({ ...order, ...sums }, value)
    sums = rest
    return applied
  })
  return { applied, ...sums }
}
