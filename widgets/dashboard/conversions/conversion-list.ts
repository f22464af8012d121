import { html, nothing, type TemplateResult } from 'lit'
import type { ConversionsReport } from '../../../server/contract/reports.ts'
import { formatCount, formatMoment } from '../format.ts'
import { formatMoney, formatSignedMoney } from '../money.ts'
import { personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

type Conversion = ConversionsReport['data'][number]

/** Where the parts of a conversion lead: a person's page, a share in its cascade, the rewards that came of it. */
export interface ConversionLinks {
  person: (id: string) => string
  share: (code: string) => string
  rewards: (conversion: string) => string
}

/** Hops shown at each end of a long chain. */
const ENDS = 2

/** Conversions, newest first, each with the way that led to it. */
export function conversionList(list: readonly Conversion[], links: ConversionLinks): TemplateResult {
  if (list.length === 0) return html`<p class="message muted">${text('conversions_none')}</p>`
  return html`<ul>${list.map((conversion) => item(conversion, links))}</ul>`
}

function item(conversion: Conversion, links: ConversionLinks): TemplateResult {
  const { id, name, orderId, at, proved, voided } = conversion
  return html`
    <li class="conversion">
      <span>
        ${name}${orderId ? html` <span class="muted">${text('order', { id: orderId })}</span>` : nothing}
        <span class="badge ${proved ? 'proved' : ''}" title=${text(proved ? 'proved_hint' : 'claimed_hint')}
          >${text(proved ? 'proved' : 'claimed')}</span
        >
        ${voided ? html`<span class="badge voided" title=${text('voided_hint')}>${text('voided')}</span>` : nothing}
      </span>
      ${worth(conversion)} ${way(conversion, links)}
      <span class="when small muted">
        <a href=${links.rewards(id)}>${text('rewards')}</a> ·
        <time datetime=${at}>${formatMoment(at, language())}</time>
      </span>
    </li>
  `
}

/** What was bought, and what of it was given back. */
function worth({ value, refunded, voided }: Conversion): TemplateResult {
  const back = refunded && formatSignedMoney({ ...refunded, amount: -refunded.amount }, language())
  return html`
    <span class="worth ${voided ? 'voided' : ''}">
      ${value ? html`<span>${formatMoney(value, language())}</span>` : nothing}
      ${back ? html`<span class="small refunded">${text('refunded', { amount: back })}</span>` : nothing}
    </span>
  `
}

/** From the root of the chain to the buyer: the order in which it happened. */
function way({ chain, person, touches }: Conversion, links: ConversionLinks): TemplateResult {
  const [nearest] = chain
  if (!nearest)
    return html`<span class="small muted">${text('chain_none')} · ${personLink(person, links.person)}</span>`
  const hops = chain.toReversed()
  const left = hops.length > 2 * ENDS + 1 ? hops.length - 2 * ENDS : 0
  const hop = ({ person }: Conversion['chain'][number]) => html`<li>${personLink(person, links.person)}</li>`
  return html`
    <span class="led">
      <ol class="way" aria-label=${text('chain_label')}>
        ${left ? hops.slice(0, ENDS).map(hop) : hops.map(hop)}
        ${left ? html`<li class="muted">${text('chain_more', { count: left, n: String(left) })}</li>` : nothing}
        ${left ? hops.slice(-ENDS).map(hop) : nothing}
        <li class="buyer">${personLink(person, links.person)}</li>
      </ol>
      <span class="small muted">
        <a href=${links.share(nearest.code)}>${text('cascade')}</a>
        ${touches > 1 ? html`· ${text('visits_n', { count: touches, n: formatCount(touches, language()) })}` : nothing}
      </span>
    </span>
  `
}
