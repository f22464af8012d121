import { html, nothing, svg, type TemplateResult } from 'lit'
import { formatPart } from '../format.ts'
import { language, text } from '../texts.ts'
import { countText, rateText, STEPS, type Step, type Steps } from './steps.ts'

/** All of it: a bar a step, as wide as its count, with the part of the step before that went on. `link` leads to what a step is made of. */
export function funnelChart(total: Steps, link: (step: Step) => string): TemplateResult {
  const most = Math.max(...STEPS.map((step) => total[step]))
  return html`
    <ol class="funnel">
      ${STEPS.map((step) => {
        const rate = rateText(total, step)
        return html`
          <li class=${step}>
            <span class="what">
              <b>${text(`sicas_${step}`)}</b>
              <span class="small muted">${text(`sicas_${step}_hint`)}</span>
            </span>
            <svg class="level" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              ${most > 0 ? svg`<rect width=${(total[step] / most) * 100} height="10"></rect>` : nothing}
            </svg>
            <span class="count"><a href=${link(step)}>${countText(total, step)}</a></span>
            <span class="rates small muted">
              ${rate ? html`<span>${text(rate.startsWith('×') ? 'sicas_times' : 'sicas_rate', { rate })}</span>` : nothing}
              ${
                total.sense > 0 && step !== 'sense' && step !== 'interact'
                  ? html`<span>${text('sicas_of_all', { rate: formatPart(total[step] / total.sense, language()) })}</span>`
                  : nothing
              }
            </span>
          </li>
        `
      })}
    </ol>
  `
}
