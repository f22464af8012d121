import { randomInt } from 'node:crypto'
import { CURRENCY, productById } from './catalogue.ts'

/** A bought thing. The value is in cents. */
export interface Order {
  id: string
  productId: string
  quantity: number
  value: number
  currency: string
  /** What the customer typed as a coupon; Grapevine knows whose it is. */
  coupon: string
}

/** The shop's books: kept in memory, so they end with the process. */
export interface Orders {
  /** Takes an order at the price of our own list; answers null where it asks for what we do not sell. */
  place: (productId: string, quantity: number, coupon?: string) => Order | null
  byId: (id: string) => Order | undefined
}

const most = 10_000
const mostOfOne = 9
// Without letters and digits that are easily confused when read out over the telephone.
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Opens empty books. */
export function openOrders(): Orders {
  const orders = new Map<string, Order>()
  return {
    place(productId, quantity, coupon = '') {
      const product = productById(productId)
      if (!product || !Number.isInteger(quantity) || quantity < 1 || quantity > mostOfOne) return null
      const id = Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('')
      const value = product.price * quantity
      const order = {
        id,
        productId,
        quantity,
        value,
        currency: CURRENCY,
        coupon: [...coupon.trim()].slice(0, 64).join(''),
      }
      orders.set(id, order)
      const [oldest] = orders.keys()
      if (orders.size > most && oldest) orders.delete(oldest)
      return order
    },
    byId: (id) => orders.get(id),
  }
}
