import { html, nothing, svg, type TemplateResult } from 'lit'
import type { DividendReport } from '../../../server/contract/reports.ts'
import { formatFactor } from '../format.ts'
import { formatMoney, formatSignedMoney } from '../money.ts'
import { language, text } from '../texts.ts'
import { factorTexts, factorValue } from './factor.ts'
import { type Step, scaleOf, waterfallSteps } from './waterfall-steps.ts'

/** From the value of the range before to this range's, with each factor's part as a step. */
export function waterfall(report: DividendReport): TemplateResult {
  const steps = waterfallSteps(report)
  const scale = scaleOf(steps)
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${text('dividend_course')}>
      <table class="waterfall">
        <thead>
          <tr>
            <th scope="col"><span class="spoken">${text('dividend_step')}</span></th>
            <th scope="col"><span class="spoken">${text('dividend_course')}</span></th>
            <th scope="col" class="number">${text('dividend_part')}</th>
            <th scope="col" class="number">${text('dividend_from_to')}</th>
            <th scope="col" class="number">${text('dividend_times')}</th>
          </tr>
        </thead>
        <tbody>
          ${steps.map((step, index) => row(report, step, scale, steps[index + 1]))}
        </tbody>
      </table>
    </div>
  `
}

function row(report: DividendReport, step: Step, scale: (amount: number) => number, next?: Step) {
  const { name, from, to } = step
  const money = (amount: number, write = formatMoney) =>
    write({ amount, currency: report.currency }, language())
  const whole = name === 'before' || name === 'now'
  const tone = whole ? 'whole' : to < from ? 'down' : to > from ? 'up' : 'same'
  return html`
    <tr class=${tone}>
      <th scope="row">
        ${whole ? text(`dividend_${name}`) : factorTexts[name].name()}
        ${whole ? nothing : html`<span class="small muted">${factorTexts[name].measure()}</span>`}
      </th>
      <td class="course">${barOf(step, scale, next)}</td>
      <td class="number amount">${whole ? money(to) : money(to - from, formatSignedMoney)}</td>
      <td class="number muted">
        ${
          whole ? nothing : html`${factorValue(report, name, 'before')} → ${factorValue(report, name, 'now')}`
        }
      </td>
      <td class="number muted">
        ${whole ? nothing : formatFactor(report[name].now / report[name].before, language())}
      </td>
    </tr>
  `
}

/** The bar of a step, and the thin line on which the next one begins. */
function barOf({ from, to }: Step, scale: (amount: number) => number, next: Step | undefined) {
  const [start, end] = [scale(Math.min(from, to)), scale(Math.max(from, to))]
  const at = scale(to)
  return html`
    <svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">
      ${next ? svg`<line x1=${at} x2=${at} y1="8" y2="40"></line>` : nothing}
      ${from === 0 || !next ? nothing : svg`<line x1=${scale(from)} x2=${scale(from)} y1="0" y2="8"></line>`}
      ${next ? nothing : svg`<line x1=${at} x2=${at} y1="0" y2="8"></line>`}
      <rect x=${start} width=${Math.max(0.4, end - start)} y="8" height="24"></rect>
    </svg>
  `
}
