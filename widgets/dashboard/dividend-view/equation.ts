import { html, type TemplateResult } from 'lit'
import type { DividendReport } from '../../../server/contract/reports.ts'
import { formatMoney } from '../money.ts'
import { change } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import { factorQuotient, factorTexts, factorValue } from './factor.ts'
import { FACTORS, type FactorName } from './waterfall-steps.ts'

/** Where each number of the equation is explained. */
export type Explained = Readonly<Record<'value' | FactorName, { href: string; name: string }>>

/** value = information × chain × interaction, each with what it was before and the link to what it is made of. */
export function equation(report: DividendReport, explained: Explained): TemplateResult {
  const { now, before, currency } = report
  const money = (amount: number) => formatMoney({ amount, currency }, language())
  return html`
    <dl class="equation">
      <div class="term">
        <dt>${text('value')}</dt>
        <dd><b>${money(now.value)}</b> ${change(now.value, before.value)}</dd>
        <dd class="small muted">${text('dividend_was', { value: money(before.value) })}</dd>
        <dd class="small muted">${text('dividend_value_hint')}</dd>
        <dd class="small"><a href=${explained.value.href}>${explained.value.name}</a></dd>
      </div>
      ${FACTORS.map(
        (name) => html`
          <div class="term">
            <dt>${factorTexts[name].name()} · ${factorTexts[name].measure()}</dt>
            <dd><b>${factorValue(report, name, 'now')}</b> ${change(report[name].now, report[name].before)}</dd>
            <dd class="small muted">${text('dividend_was', { value: factorValue(report, name, 'before') })}</dd>
            <dd class="small muted">${text(`dividend_${name}_hint`)}</dd>
            <dd class="small"><a href=${explained[name].href}>${explained[name].name}</a></dd>
          </div>
        `,
      )}
    </dl>
    <p class="exact">
      <span class="muted">${text('dividend_exactly')}</span>
      <span>${FACTORS.map((name, index) => `${index ? ' × ' : ''}${quotient(report, name)}`)} = <b>${money(now.value)}</b></span>
    </p>
  `
}

function quotient(report: DividendReport, name: FactorName): string {
  const plain = factorQuotient(report, name, 'now')
  return name === 'information' ? plain : `(${plain})`
}
