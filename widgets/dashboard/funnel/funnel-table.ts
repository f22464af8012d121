import { html, nothing, type TemplateResult } from 'lit'
import type { FunnelReport } from '../../../server/contract/reports.ts'
import { pagePath } from '../format.ts'
import { channelName } from '../parts/pieces.ts'
import { text } from '../texts.ts'
import { countText, rateText, STEPS, type Step } from './steps.ts'

type Row = FunnelReport['data'][number]

/** The same steps for each page or channel. `link` leads to the conversions of one. */
export function funnelTable(
  { by, data }: Pick<FunnelReport, 'by' | 'data'>,
  link: (key: string) => string,
): TemplateResult {
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${text(by)}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text(by)}</th>
            ${STEPS.map(
              (step) =>
                html`<th scope="col" class="number" title=${text(`sicas_${step}_hint`)}>${text(`sicas_${step}`)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${data.map(
            (row) => html`
              <tr>
                <th scope="row">
                  <a class="address" href=${link(row.key)} title=${row.key}
                    >${by === 'page' ? pagePath(row.key) : channelName(row.key)}</a
                  >
                </th>
                ${STEPS.map((step) => cell(row, step, link))}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `
}

function cell(row: Row, step: Step, link: (key: string) => string): TemplateResult {
  const rate = rateText(row, step)
  const count = countText(row, step)
  return html`
    <td class="number">
      ${step === 'act' && row.act > 0 ? html`<a href=${link(row.key)}>${count}</a>` : count}
      ${rate ? html`<span class="small muted rate">${rate}</span>` : nothing}
    </td>
  `
}
