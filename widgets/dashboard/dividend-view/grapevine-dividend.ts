import { html, type TemplateResult } from 'lit'
import type { DividendReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { formatDay } from '../format.ts'
import { equationStyles } from '../parts/equation.styles.ts'
import { exportLinks } from '../parts/export-links.ts'
import { currencyChoice } from '../parts/pieces.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { beforeOf, daysOf } from '../ranges.ts'
import { Report } from '../report.ts'
import { language, text } from '../texts.ts'
import { View } from '../view.ts'
import { dividendStyles } from './dividend.styles.ts'
import { type Explained, equation } from './equation.ts'
import { changeInWords } from './in-words.ts'
import { waterfall } from './waterfall.ts'

/** The social dividend: value = information × chain × interaction, and which of them moved it since the range before. */
export class GrapevineDividend extends View {
  static override styles = [View.styles, tables, equationStyles, dividendStyles].flat()

  readonly #report = new Report<DividendReport>(
    this,
    () => `${this.range.from} ${this.range.to} ${this.route.options.currency}`,
    (signal) => read('/v1/reports/dividend', this.#query, signal),
  )

  override render() {
    return shown(this.#report, place, (report) => this.#ready(report))
  }

  get #query() {
    return { ...this.span, currency: this.route.options.currency }
  }

  #ready(report: DividendReport): TemplateResult {
    const { now, before } = report
    if (now.value === 0 && before.value === 0)
      return scriptTag(this.site, now.shares ? 'conversion' : 'share')
    const { first, last } = daysOf(beforeOf(this.range))
    const days = { first: formatDay(first, language()), last: formatDay(last, language()) }
    return html`
      <div class="stack">
        <section class="panel dividend" aria-labelledby="formula">
          <header>
            <h2 id="formula">${text('dividend_formula')}</h2>
            <div>${currencyChoice(report.currencies, report.currency, (currency) => this.linkWith({ currency }))}
              ${exportLinks('/v1/reports/dividend', this.#query)}</div>
          </header>
          ${equation(report, this.#explained())}
        </section>
        <section class="panel" aria-labelledby="moved">
          <header>
            <h2 id="moved">${text('dividend_moved')}</h2>
            <p class="small muted">${text('dividend_compared', days)}</p>
          </header>
          <p class="words">${changeInWords(report)}</p>
          ${waterfall(report)}
          <p class="reckoned muted">${text('dividend_reckoned')}</p>
        </section>
      </div>
    `
  }

  #explained(): Explained {
    const to = (view: 'attribution' | 'people' | 'cascades' | 'funnel', name: string) => ({
      href: this.linkTo({ view }),
      name,
    })
    return {
      value: to('attribution', text('dividend_who_earned')),
      information: to('people', text('dividend_who_shared')),
      chain: to('cascades', text('dividend_how_spread')),
      interaction: to('funnel', text('dividend_what_became')),
    }
  }
}

const place = html`
  <div class="stack">
    <div class="skeleton summary-place"></div>
    <div class="skeleton summary-place"></div>
  </div>
`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-dividend': GrapevineDividend
  }
}
