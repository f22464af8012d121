import { html } from 'hono/html'
import { type Frame, layout, type Markup } from './layout.ts'

/** Where readers invite their friends, see what came of it, and find the gift they were given. */
export const invitePage = (frame: Frame): Markup =>
  layout(
    frame,
    'Invite a friend · Overheard',
    html`<section class="article">
  <h1>Pass us on</h1>
  <p class="standfirst">Most of what is good in here, somebody told us. Tell somebody.</p>
  <grapevine-referral></grapevine-referral>
</section>`,
  )
