import { html } from 'hono/html'
import { PRODUCTS, priceText } from '../catalogue.ts'
import { ART } from './art.ts'
import { type Frame, layout, type Markup } from './layout.ts'

/** What there is to buy. Each form works by itself; shop.js makes it smoother and tells Grapevine. */
export const shopPage = (frame: Frame): Markup =>
  layout(
    frame,
    'Shop · Overheard',
    html`<h1>Shop</h1>
<p class="standfirst">Three things for people who still talk to each other.</p>
<ul class="cards">${PRODUCTS.map(
      ({ id, name, description, price, art }) => html`
  <li class="card">
    ${ART[art]}
    <h2>${name}</h2>
    <p>${description}</p>
    <form class="buy" method="post" action="/orders">
      <input type="hidden" name="product" value="${id}">
      <label>Quantity <input type="number" name="quantity" value="1" min="1" max="9" required></label>
      <label>Coupon <input type="text" name="coupon" maxlength="64" autocomplete="off" spellcheck="false"></label>
      <strong>${priceText(price)}</strong>
      <button>Buy<span class="unseen"> ${name}</span></button>
    </form>
  </li>`,
    )}
</ul>
<p class="notice" role="status" id="notice"></p>
<script type="module" src="/shop.js"></script>`,
  )
