import type { Refund } from '../contract/refunds.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { changeConversion } from './change-conversion.ts'
import { netValue, takeOff } from './rules.ts'
import {
  changeRefund,
  conversionById,
  conversionByOrder,
  insertRefund,
  lockOrder,
  refundById,
} from './store.ts'

type Row = Database['conversion']

/** Money given back, as a site's server tells. Without a value it is all that is left of the order. */
export interface GivenBack {
  refundId: string
  orderId: string
  value?: number | undefined
  currency?: string | undefined
  at: number
}

/** Records a refund. One id is one refund; it is taken off its order, or waits until the order is known. */
export async function recordRefund(work: Work, site: string, given: GivenBack): Promise<Refund> {
  const { db } = work
  const row = {
    site_id: site,
    refund_id: given.refundId,
    order_id: given.orderId,
    conversion_id: null,
    value: given.value ?? null,
    currency: given.currency ?? null,
    applied: 0,
    at: given.at,
  }
  await lockOrder(db, site, given.orderId)
  if (!(await insertRefund(db, row))) return repeated(work, row)
  const known = await conversionByOrder(db, site, given.orderId)
  if (!known) return told(row, undefined, 'waiting')
  checkFits(known, given)
  const { applied, ...sums } = takeOff(known, row.value)
  const taken = { ...row, conversion_id: known.id, applied }
  await changeRefund(db, taken)
  await changeConversion(work, known, { ...known, ...sums })
  return told(taken, { ...known, ...sums }, 'refunded')
}

/** A refund of part of an order is of its currency, and of no more than is left. */
function checkFits(order: Row, { value, currency }: GivenBack): void {
  if (value === undefined) return
  if (order.value === null)
    throw new AppError('invalid', 'is more than is left: the order has no value', { field: 'value' })
  if (currency !== order.currency)
    throw new AppError('invalid', `is not that of the order, which is ${order.currency}`, {
      field: 'currency',
    })
  const left = netValue(order) ?? 0
  if (value > left)
    throw new AppError('invalid', `is more than the ${left} ${order.currency} that are left of the order`, {
      field: 'value',
    })
}

async function repeated({ db }: Work, asked: Database['refund']): Promise<Refund> {
  const { site_id: site, order_id, value, currency } = asked
  const known = await refundById(db, site, asked.refund_id)
  if (known.order_id !== order_id || known.value !== value || known.currency !== currency)
    throw new AppError('invalid', 'is the id of another refund', { field: 'refundId' })
  const order = known.conversion_id === null ? undefined : await conversionById(db, site, known.conversion_id)
  return told(known, order, 'again')
}

function told(refund: Database['refund'], order: Row | undefined, outcome: Refund['outcome']): Refund {
  const money = (amount: number) => (order?.currency ? { currency: order.currency, amount } : null)
  return {
    refundId: refund.refund_id,
    orderId: refund.order_id,
    outcome,
    refunded: money(refund.applied),
    left: money(order ? (netValue(order) ?? 0) : 0),
  }
}
