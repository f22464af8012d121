import { html, nothing, type TemplateResult } from 'lit'
import type { Overview } from '../../../server/contract/reports.ts'
import { type Dividend, dividendOf, type Factor, mainMover } from '../dividend.ts'
import { formatCount, formatRatio } from '../format.ts'
import { formatAverage, formatMoney } from '../money.ts'
import { change } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

/** The social dividend as an equation: the value and its three factors, each with its change, the main mover marked. */
export function dividendLine(
  { totals, previous }: Overview,
  currency: string,
  choice: TemplateResult | typeof nothing,
  href: string,
): TemplateResult {
  const now = dividendOf(totals, currency)
  const before = dividendOf(previous, currency)
  const mover = mainMover(now, before)
  const factor = (name: Factor) => html`
    <div class="term">
      <dt>
        ${text(`dividend_${name}`)}
        ${name === mover ? html`<span class="mark">${text('dividend_mover')}</span>` : nothing}
      </dt>
      <dd><b>${written(now, name, currency)}</b> ${change(now[name], before[name])}</dd>
    </div>
  `
  return html`
    <section class="panel dividend" aria-labelledby="dividend">
      <header>
        <h2 id="dividend"><a href=${href}>${text('dividend')}</a></h2>
        <div><p class="small muted">${text('dividend_hint')}</p>${choice}</div>
      </header>
      <dl class="equation">
        <div class="term">
          <dt>${text('value')}</dt>
          <dd><b>${formatMoney({ amount: now.value, currency }, language())}</b> ${change(now.value, before.value)}</dd>
        </div>
        ${factor('shares')} ${factor('visitsPerShare')} ${factor('valuePerVisit')}
      </dl>
    </section>
  `
}

function written(dividend: Dividend, factor: Factor, currency: string): string {
  if (factor === 'shares') return formatCount(dividend.shares, language())
  if (factor === 'visitsPerShare') return formatRatio(dividend.visitsPerShare, language())
  return formatAverage({ amount: dividend.valuePerVisit, currency }, language())
}
