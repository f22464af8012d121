import { html, type TemplateResult } from 'lit'
import type { Site } from '../../../server/contract/sites.ts'
import { text } from '../texts.ts'

/** What is missing, and the lines that bring it. */
export type Missing = 'share' | 'conversion'

/** What to put on a page so that something will be shown here. */
export function tagFor(site: Site, missing: Missing, origin: string): string {
  const script = `<script type="module" async src="${origin}/grapevine.js" data-site="${site.publishableKey}"></script>`
  if (missing === 'share') return `${script}\n\n<grapevine-share></grapevine-share>`
  return "grapevine.convert('purchase', { value: 4900, currency: 'EUR', orderId: '1001' })"
}

/** Says that there is nothing yet in this range, and what to do about it. */
export function scriptTag(site: Site, missing: Missing = 'share'): TemplateResult {
  const lines = tagFor(site, missing, location.origin)
  return html`
    <section class="panel message">
      <h2>${text(`empty_${missing}`)}</h2>
      <p class="muted">${text(`empty_${missing}_hint`, { origins: site.origins.join(', ') })}</p>
      <grapevine-copy .lines=${lines}></grapevine-copy>
      <p class="muted">${text('empty_other_range')}</p>
    </section>
  `
}
