import { setTimeout as sleep } from 'node:timers/promises'
import type { Order } from './orders.ts'

/** Where and as whom the shop's server speaks to Grapevine. */
export interface GrapevineAccount {
  /** Base URL of the Grapevine server. */
  server: string
  /** `sk_…`; never leaves this process. */
  secretKey: string
}

/**
 * Tells Grapevine of an order, server to server: what the page claimed is proved by it. The order id and the idempotency
 * key make it safe to say twice, so it is said again until it is heard. Answers whether it was.
 */
export async function reportOrder({ server, secretKey }: GrapevineAccount, order: Order): Promise<boolean> {
  const { id, value, currency, coupon } = order
  for (let wait = 500; wait <= 60_000; wait *= 2) {
    const response = await fetch(new URL('/v1/conversions', server), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/json',
        'idempotency-key': `order-${id}`,
      },
      body: JSON.stringify({ name: 'purchase', value, currency, orderId: id, ...(coupon && { coupon }) }),
    }).catch(() => null)
    if (response?.ok) return true
    if (response && response.status < 500 && response.status !== 429) {
      console.error(`Grapevine refused order ${id}: ${await response.text()}`)
      return false
    }
    await sleep(wait, undefined, { ref: false })
  }
  console.error(`Grapevine could not be told of order ${id}: no server at ${server}`)
  return false
}
