import { html, nothing, type TemplateResult } from 'lit'
import type { AttributionReport } from '../../../server/contract/reports.ts'
import { formatCount } from '../format.ts'
import { personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import { moneyList } from './top-table.ts'

/** Who has credit for the conversions of the range, most first, and what stays with the house. */
export function creditTable(
  { data, house }: AttributionReport,
  rows: number,
  more: () => void,
  link: { person: (id: string) => string; conversions: (person: string) => string },
): TemplateResult {
  if (data.length === 0) return html`<p class="message muted">${text('credit_none')}</p>`
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${text('credit')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text('person')}</th>
            <th scope="col" class="number">${text('part_in')}</th>
            <th scope="col" class="number">${text('credit')}</th>
          </tr>
        </thead>
        <tbody>
          ${data.slice(0, rows).map(
            ({ key, name, conversions, credit }) => html`
              <tr>
                <th scope="row">${personLink({ id: key, name }, link.person)}</th>
                <td class="number"><a href=${link.conversions(key)}>${formatCount(conversions, language())}</a></td>
                <td class="number">${moneyList(credit)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
    ${
      data.length > rows
        ? html`<p class="further">
            <button class="button" type="button" @click=${more}>${text('show_more')}</button>
          </p>`
        : nothing
    }
    ${
      house.some(({ amount }) => amount !== 0)
        ? html`<div class="further house"><span class="muted">${text('house')}</span>
            <span class="number">${moneyList(house)}</span></div>`
        : nothing
    }
  `
}
