import { html, type TemplateResult } from 'lit'
import type { Timeseries } from '../../../server/contract/reports.ts'
import { formatBucket, formatCount } from '../format.ts'
import { amountOf, formatMoney } from '../money.ts'
import { exportLinks } from '../parts/export-links.ts'
import { language, text } from '../texts.ts'

/** The charts once more as a table, newest first, for those who read rather than look. */
export function seriesTable(
  { data, interval, range }: Timeseries,
  currencies: readonly string[],
): TemplateResult {
  const lang = language()
  return html`
    <details class="panel as-table">
      <summary>${text('as_table')}</summary>
      <p class="files">${exportLinks('/v1/reports/timeseries', { ...range, interval })}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${text('as_table')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${text(interval === 'hour' ? 'time_own' : 'time_utc')}</th>
              ${(['visits', 'shares', 'conversions'] as const).map(
                (key) => html`<th scope="col" class="number">${text(key)}</th>`,
              )}
              ${currencies.map((currency) => html`<th scope="col" class="number">${text('value_in', { currency })}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${data.toReversed().map(
              (bucket) => html`
                <tr>
                  <th scope="row">${formatBucket(Date.parse(bucket.at), interval, lang)}</th>
                  <td class="number">${formatCount(bucket.visits, lang)}</td>
                  <td class="number">${formatCount(bucket.shares, lang)}</td>
                  <td class="number">${formatCount(bucket.conversions, lang)}</td>
                  ${currencies.map(
                    (currency) =>
                      html`<td class="number">
                        ${formatMoney({ amount: amountOf(bucket.value, currency), currency }, lang)}
                      </td>`,
                  )}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    </details>
  `
}
