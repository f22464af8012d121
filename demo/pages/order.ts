import { html } from 'hono/html'
import { priceText, productById } from '../catalogue.ts'
import type { Order } from '../orders.ts'
import { type Frame, layout, type Markup } from './layout.ts'

/** The confirmation of an order. */
export const orderPage = (frame: Frame, { id, productId, quantity, value, coupon }: Order): Markup =>
  layout(
    frame,
    'Thank you · Overheard',
    html`<section class="article">
  <h1>Thank you</h1>
  <p class="standfirst">${quantity} × ${productById(productId)?.name}, ${priceText(value)} in all.</p>
  <p>Your order is <strong id="order">${id}</strong>. As this is a demonstration, nothing is charged and nothing will arrive.</p>
  ${coupon && html`<p>We have noted your coupon <strong>${coupon}</strong>.</p>`}
  <p><a href="/invite">Invite a friend</a>, or go <a href="/">back to this issue</a>.</p>
</section>`,
  )
