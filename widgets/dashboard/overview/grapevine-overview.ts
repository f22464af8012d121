import { html, nothing, type TemplateResult } from 'lit'
import type { ConversionsReport, Overview, Timeseries } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { conversionStyles } from '../conversions/conversion-list.styles.ts'
import { conversionList } from '../conversions/conversion-list.ts'
import { amountOf, currenciesOf, formatMoney } from '../money.ts'
import { equationStyles } from '../parts/equation.styles.ts'
import { change, currencyChoice } from '../parts/pieces.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { Report } from '../report.ts'
import { language, text } from '../texts.ts'
import { View } from '../view.ts'
import { countCards, noValueCard, valueCard } from './cards.ts'
import { dividendLine } from './dividend-line.ts'
import { overviewStyles } from './overview.styles.ts'
import { seriesTable } from './series-table.ts'

interface Everything {
  overview: Overview
  series: Timeseries
  recent: ConversionsReport
}

/** What happened in the range: counts and value with their course, the social dividend, the latest conversions. */
export class GrapevineOverview extends View {
  static override styles = [View.styles, tables, conversionStyles, equationStyles, overviewStyles].flat()

  readonly #report = new Report<Everything>(
    this,
    () => `${this.range.from} ${this.range.to}`,
    async (signal) => {
      // Read together, so that the cards and their charts always tell of the same moment.
      const [overview, series, recent] = await Promise.all([
        read('/v1/reports/overview', this.span, signal),
        read('/v1/reports/timeseries', { ...this.span, interval: this.range.interval }, signal),
        read('/v1/reports/conversions', { ...this.span, limit: 8 }, signal),
      ])
      return { overview, series, recent }
    },
  )

  override render() {
    return shown(this.#report, place, (all) => this.#ready(all))
  }

  #ready({ overview, series, recent }: Everything): TemplateResult {
    const { totals, previous } = overview
    const never = [totals, previous].every((t) => t.shares + t.visits + t.conversions === 0)
    if (never) return scriptTag(this.site)
    const currencies = currenciesOf(totals.value, previous.value)
    const asked = this.route.options.currency
    const currency = currencies.find((one) => one === asked) ?? currencies[0]
    return html`
      <div class="stack">
        ${currency ? this.#dividend(overview, currencies, currency) : nothing}
        <div class="cards">
          ${countCards(overview, series, (view) => this.linkTo({ view }))}
          ${
            currency
              ? valueCard(
                  overview,
                  series,
                  currency,
                  others(overview, currencies, currency),
                  this.#earned(currency),
                )
              : noValueCard()
          }
        </div>
        ${seriesTable(series, currencies)}
        <section class="panel" aria-labelledby="recent">
          <header>
            <h2 id="recent">${text('recent_conversions')}</h2>
            ${recent.next ? html`<a href=${this.linkTo({ view: 'conversions' })}>${text('all_conversions')}</a>` : nothing}
          </header>
          ${conversionList(recent.data, this.conversionLinks)}
        </section>
      </div>
    `
  }

  #earned(currency: string): string {
    return this.linkTo({ view: 'attribution', options: { currency } })
  }

  #dividend(overview: Overview, currencies: readonly string[], currency: string): TemplateResult {
    const href = this.linkTo({ view: 'dividend', options: { currency } })
    const choice = currencyChoice(currencies, currency, (currency) => this.linkWith({ currency }))
    return dividendLine(overview, currency, choice, href)
  }
}

function others({ totals, previous }: Overview, currencies: readonly string[], currency: string) {
  const rest = currencies.filter((one) => one !== currency)
  if (rest.length === 0) return nothing
  return html`<span class="others">
    ${rest.map((other) => {
      const amount = amountOf(totals.value, other)
      const money = formatMoney({ amount, currency: other }, language())
      return html`<span>${money} ${change(amount, amountOf(previous.value, other))}</span>`
    })}
  </span>`
}

const place = html`
  <div class="stack">
    <div class="skeleton dividend-place"></div>
    <div class="cards">${[1, 2, 3, 4].map(() => html`<div class="skeleton card-place"></div>`)}</div>
  </div>
`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-overview': GrapevineOverview
  }
}
