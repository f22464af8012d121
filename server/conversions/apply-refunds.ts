import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { takeOffAll } from './rules.ts'
import { changeRefund, lockOrder, refundsOf } from './store.ts'

type Row = Database['conversion']

/** An order less its refunds: those that have waited for it, or all of them anew where its value is now another. */
export async function applyRefunds({ db }: Work, row: Row, known: Row | undefined): Promise<Row> {
  const { site_id: site, order_id: order } = row
  if (order === null || (known && known.value === row.value && known.currency === row.currency)) return row
  // A refund that looks for the order at this very moment either sees it, or is seen here.
  if (!known) await lockOrder(db, site, order)
  const refunds = await refundsOf(db, site, order)
  if (refunds.length === 0) return row
  const { applied, refunded, voided } = takeOffAll(row, refunds)
  for (const [index, refund] of refunds.entries()) {
    const part = applied[index] ?? null
    const conversion = part === null ? null : row.id
    if (conversion !== refund.conversion_id || (part ?? 0) !== refund.applied)
      await changeRefund(db, { ...refund, conversion_id: conversion, applied: part ?? 0 })
  }
  return { ...row, refunded, voided }
}
