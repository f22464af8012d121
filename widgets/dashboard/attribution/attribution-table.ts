import { html, nothing, svg, type TemplateResult } from 'lit'
import { formatCount } from '../format.ts'
import { formatMoney, formatSignedMoney } from '../money.ts'
import { bar } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import type { Credit, CreditRow, creditRows } from './credit-rows.ts'

interface Table {
  label: string
  /** What the choice is called, and the one beside it. */
  choices: { model: string; against: string | undefined }
  /** None where no conversion came with a value: then only parts are counted. */
  currency: string | undefined
  credits: ReturnType<typeof creditRows>
  /** How many rows are shown. */
  shown: number
  name: (row: CreditRow) => TemplateResult
  /** The link to the conversions that a row has a part in. */
  link: (row: CreditRow) => string
}

/** Who has how much credit, under one choice or two side by side, down to the house and the value they add up to. */
export function attributionTable({
  label,
  choices,
  currency,
  credits,
  shown,
  name,
  link,
}: Table): TemplateResult {
  const { rows, house, total } = credits
  const tops = topsOf(rows.map((row) => row.amounts))
  const foot = (title: string, amounts: Credit) => html`
    <tr><th scope="row">${title}</th><td></td>${cells(amounts, currency, undefined)}</tr>
  `
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${text('credit')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${label}</th>
            <th scope="col" class="number">${text('part_in')}</th>
            <th scope="col" class="number">${choices.against ? choices.model : text('credit')}</th>
            ${
              choices.against
                ? html`<th scope="col" class="number">${choices.against}</th>
                    <th scope="col" class="number">${text('difference')}</th>`
                : nothing
            }
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, shown).map(
            (row) => html`
              <tr>
                <th scope="row">${name(row)}</th>
                <td class="number"><a href=${link(row)}>${formatCount(row.conversions, language())}</a></td>
                ${cells(row.amounts, currency, tops)}
              </tr>
            `,
          )}
        </tbody>
        <tfoot>${foot(text('house'), house)} ${foot(text('value'), total)}</tfoot>
      </table>
    </div>
  `
}

interface Tops {
  credit: number
  difference: number
}

function topsOf(all: readonly Credit[]): Tops {
  return {
    credit: Math.max(0, ...all.flatMap(({ credit, against }) => [credit, against ?? 0])),
    difference: Math.max(0, ...all.map(({ difference }) => Math.abs(difference ?? 0))),
  }
}

function cells(
  { credit, against, difference }: Credit,
  currency: string | undefined,
  tops: Tops | undefined,
) {
  const money = (amount: number, write = formatMoney) =>
    currency ? write({ amount, currency }, language()) : '–'
  const of = (amount: number) => html`
    <td class="number credit">${money(amount)} ${tops ? bar(amount, tops.credit) : nothing}</td>
  `
  return html`
    ${of(credit)} ${against === undefined ? nothing : of(against)}
    ${
      difference === undefined
        ? nothing
        : html`<td class="number difference ${difference < 0 ? 'down' : difference > 0 ? 'up' : ''}">
            ${money(difference, formatSignedMoney)}
            ${tops ? divergingBar(difference, tops.difference) : nothing}
          </td>`
    }
  `
}

/** A thin bar to the left of the middle for less, to the right of it for more. */
function divergingBar(value: number, most: number): TemplateResult {
  const width = most > 0 ? (Math.abs(value) / most) * 50 : 0
  return html`
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<rect x=${value < 0 ? 50 - width : 50} width=${width} height="4"></rect>`}
      <line x1="50" x2="50" y2="4"></line>
    </svg>
  `
}
