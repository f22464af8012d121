import { html } from 'hono/html'
import { type Frame, layout, type Markup } from './layout.ts'

/** What an address without a page shows. */
export const notFoundPage = (frame: Frame): Markup =>
  layout(
    frame,
    'Not found · Overheard',
    html`<section class="article">
  <h1>Nobody has heard of that page</h1>
  <p><a href="/">This issue</a> may have what you look for.</p>
</section>`,
  )
