import type { Database } from '../db/schema.ts'

type Row = Database['conversion']

/** What a report says of a conversion. */
export type Report = Pick<
  Row,
  'name' | 'value' | 'currency' | 'visitor' | 'share_id' | 'path' | 'rung' | 'proved' | 'at'
>

/**
 * One order reported more than once. The first report stands, but what a secret key proves takes the place of what a
 * page claimed, and whoever knows who bought and through whom adds it where it was missing.
 */
export function mergeReports(known: Row, report: Report): Row {
  const proves = report.proved === 1 && known.proved === 0
  const { name, value, currency } = proves ? report : known
  const { share_id, path, rung } =
    known.share_id === null || (proves && report.share_id !== null) ? report : known
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
  }
}

/** Which rung of the ladder caught a conversion: what the server knew of the visitor, or the code it was told. */
export function rungOf(
  { proved, customerId }: { proved: boolean; customerId?: string | undefined },
  through: 'storage' | 'code',
): string {
  if (through === 'code') return proved ? 'server' : 'code'
  return customerId === undefined ? 'storage' : 'customer'
}
