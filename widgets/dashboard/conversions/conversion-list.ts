import { html, nothing, type TemplateResult } from 'lit'
import type { ConversionsReport } from '../../../server/contract/reports.ts'
import { formatMoment } from '../format.ts'
import { formatMoney } from '../money.ts'
import { guest } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

type Conversion = ConversionsReport['data'][number]

/** Hops shown at each end of a long chain. */
const ENDS = 2

/** Conversions, newest first, each with the way that led to it. `link` makes the link to a share's cascade. */
export function conversionList(list: readonly Conversion[], link: (code: string) => string): TemplateResult {
  if (list.length === 0) return html`<p class="message muted">${text('conversions_none')}</p>`
  return html`<ul>${list.map((conversion) => item(conversion, link))}</ul>`
}

function item(conversion: Conversion, link: (code: string) => string): TemplateResult {
  const { name, value, orderId, at, proved } = conversion
  return html`
    <li class="conversion">
      <span>
        ${name}${orderId ? html` <span class="muted">${text('order', { id: orderId })}</span>` : nothing}
        <span class="badge ${proved ? 'proved' : ''}" title=${text(proved ? 'proved_hint' : 'claimed_hint')}
          >${text(proved ? 'proved' : 'claimed')}</span
        >
      </span>
      <span class="worth">${value ? formatMoney(value, language()) : nothing}</span>
      ${way(conversion, link)}
      <time class="when small muted" datetime=${at}>${formatMoment(at, language())}</time>
    </li>
  `
}

/** From the root of the chain to the buyer: the order in which it happened. */
function way({ chain, person }: Conversion, link: (code: string) => string): TemplateResult {
  if (chain.length === 0) return html`<span class="small muted">${text('chain_none')}</span>`
  const hops = chain.toReversed()
  const left = hops.length > 2 * ENDS + 1 ? hops.length - 2 * ENDS : 0
  const hop = ({ code, person }: Conversion['chain'][number]) =>
    html`<li><a href=${link(code)}>${guest(person)}</a></li>`
  return html`
    <ol class="way" aria-label=${text('chain_label')}>
      ${left ? hops.slice(0, ENDS).map(hop) : hops.map(hop)}
      ${left ? html`<li class="muted">${text('chain_more', { count: left, n: String(left) })}</li>` : nothing}
      ${left ? hops.slice(-ENDS).map(hop) : nothing}
      <li class="buyer">${guest(person)}</li>
    </ol>
  `
}
