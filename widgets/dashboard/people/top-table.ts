import { html, type TemplateResult } from 'lit'
import type { Totals } from '../../../server/contract/reports.ts'
import { TOP_SORTS, type TopSort } from '../choices.ts'
import { formatCount } from '../format.ts'
import { formatMoney } from '../money.ts'
import { bar } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

/** What a row of people, pages or channels counts. */
export type Counted = Pick<Totals, 'shares' | 'visits' | 'conversions' | 'value'>

/** People, pages or channels with what each brought; the three counts sort. */
export function topTable<Row extends Counted>(options: {
  label: string
  rows: readonly Row[]
  name: (row: Row) => TemplateResult | string
  sort: TopSort
  sortLink: (sort: TopSort) => string
  /** Where a count of a row leads: to what it is made of. */
  link: (row: Row, key: TopSort) => string
}): TemplateResult {
  const { label, rows, name, sort, sortLink, link } = options
  const most = (key: TopSort) => Math.max(...rows.map((row) => row[key]))
  const tops = { visits: most('visits'), shares: most('shares'), conversions: most('conversions') }
  const lang = language()
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${label}>
      <table>
        <thead>
          <tr>
            <th scope="col">${label}</th>
            ${TOP_SORTS.map(
              (key) => html`
                <th scope="col" class="number" aria-sort=${key === sort ? 'descending' : 'none'}>
                  <a href=${sortLink(key)}>${text(key)}${key === sort ? html`<span aria-hidden="true"> ↓</span>` : ''}</a>
                </th>
              `,
            )}
            <th scope="col" class="number">${text('value')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) => html`
              <tr>
                <th scope="row">${name(row)}</th>
                ${TOP_SORTS.map(
                  (key) => html`
                    <td class="number count ${key}">
                      ${row[key] > 0 ? html`<a href=${link(row, key)}>${formatCount(row[key], lang)}</a>` : '0'}
                      ${bar(row[key], tops[key])}
                    </td>
                  `,
                )}
                <td class="number">${moneyList(row.value, link(row, 'conversions'))}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `
}

/** Amounts of several currencies, one a line, as a link to what they are made of if there is one. */
export function moneyList(amounts: Counted['value'], href?: string): TemplateResult {
  if (amounts.length === 0) return html`<span class="muted">–</span>`
  const money = (one: Counted['value'][number]) => formatMoney(one, language())
  return html`${amounts.map((one) => html`<div>${href ? html`<a href=${href}>${money(one)}</a>` : money(one)}</div>`)}`
}
