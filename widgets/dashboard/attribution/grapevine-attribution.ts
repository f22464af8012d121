import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { AttributionReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { CREDITED } from '../choices.ts'
import { pagePath } from '../format.ts'
import { exportLinks } from '../parts/export-links.ts'
import { channelName, currencyChoice, personLink, segments } from '../parts/pieces.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { Report } from '../report.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { attributionStyles } from './attribution.styles.ts'
import { attributionTable } from './attribution-table.ts'
import { type CreditRow, creditRows, currenciesIn } from './credit-rows.ts'
import { type Changes, modelCard, modelName } from './model-card.ts'
import { type Asked, askedBy, queryOf, withoutAnalysis } from './models.ts'
import { pathFindings } from './path-findings.ts'

/** Who earned it, under any choice of touch model and chain split, and beside a second choice if one is asked for. */
export class GrapevineAttribution extends View {
  static override styles = [View.styles, tables, attributionStyles].flat()
  static override properties: PropertyDeclarations = { ...View.properties, rows: { state: true } }

  /** Rows shown: the report comes whole. */
  declare rows: number

  readonly #report = new Report<AttributionReport>(
    this,
    () => JSON.stringify(this.#query),
    (signal) => read('/v1/reports/attribution', this.#query, signal),
  )

  constructor() {
    super()
    this.rows = PAGE
  }

  override render() {
    const asked = askedBy(this.route)
    return html`
      <div class="stack">
        <div class="models">
          ${modelCard({
            title: text('choice_this'),
            model: asked.model,
            asked,
            keys: { touch: 'touch', split: 'split' },
            choose: this.#choose,
            aside: nothing,
          })}
          ${this.#other(asked)}
        </div>
        ${shown(this.#report, place, (report) => this.#ready(report, asked))}
      </div>
    `
  }

  get #query() {
    return { ...this.span, ...queryOf(askedBy(this.route)) }
  }

  #other(asked: Asked): TemplateResult {
    const { against } = asked
    const without = { againstTouch: undefined, againstSplit: undefined }
    if (!against) {
      // The fairest to compare with: the other end of the same axis.
      const againstSplit = asked.model.split === 'leibniz' ? 'nearest' : 'leibniz'
      const href = this.linkWith({ againstTouch: asked.model.touch, againstSplit })
      return html`
        <div class="compare">
          <p class="muted">${text('compare_hint')}</p>
          <a class="button" href=${href}>${text('compare')}</a>
        </div>
      `
    }
    return modelCard({
      title: text('choice_other'),
      model: against,
      asked,
      keys: { touch: 'againstTouch', split: 'againstSplit' },
      choose: this.#choose,
      aside: html`<a class="small" href=${this.linkWith(without)}>${text('compare_stop')}</a>`,
    })
  }

  #ready(report: AttributionReport, asked: Asked): TemplateResult {
    const currencies = currenciesIn(report)
    if (report.data.length === 0 && currencies.length === 0) return scriptTag(this.site, 'conversion')
    const currency = currencies.find((one) => one === this.route.options.currency) ?? currencies[0]
    const { paths } = report
    const markov = asked.model.touch === 'markov' || asked.against?.touch === 'markov'
    return html`
      <div class="stack">
        <section class="panel" aria-labelledby="earned">
          <header>
            <h2 id="earned">${text('attribution_title')}</h2>
            ${this.#bys(asked)}
            ${currencyChoice(currencies, currency, (currency) => this.linkWith({ currency }))}
            ${exportLinks('/v1/reports/attribution', this.#query)}
          </header>
          ${this.#credits(report, currency, asked)}
          ${currency ? nothing : html`<p class="further muted">${text('value_none')}</p>`}
        </section>
        ${paths ? pathFindings(paths, markov, (channel) => this.#conversions({ channel })) : nothing}
      </div>
    `
  }

  #credits(report: AttributionReport, currency: string | undefined, asked: Asked): TemplateResult {
    const credits = creditRows(report, currency)
    return html`
      ${attributionTable({
        label: text(report.by),
        choices: {
          model: modelName(asked.model),
          against: report.against && asked.against ? modelName(asked.against) : undefined,
        },
        currency,
        credits,
        shown: this.rows,
        name: (row) => this.#name(report.by, row),
        link: ({ key }) => this.#conversions({ [filterOf(report)]: key }),
      })}
      ${
        credits.rows.length > this.rows
          ? html`<p class="further">
              <button class="button" type="button" @click=${this.#more}>${text('show_more')}</button>
            </p>`
          : nothing
      }
    `
  }

  #name(by: AttributionReport['by'], { key, name }: CreditRow): TemplateResult {
    if (by === 'person') return personLink({ id: key, name }, this.linkToPerson)
    if (by === 'share') return html`<a class="code" href=${this.linkToShare(key)}>${key}</a>`
    if (by === 'channel') return html`<a href=${this.#conversions({ channel: key })}>${channelName(key)}</a>`
    return html`<a class="address" href=${this.#conversions({ url: key })} title=${key}>${pagePath(key)}</a>`
  }

  #bys({ by }: Asked): TemplateResult {
    const options = CREDITED.map((name) => ({
      name: text(name),
      on: name === by,
      href: this.linkWith({ ...(name === 'channel' ? {} : withoutAnalysis(this.route)), by: name }),
    }))
    return segments(text('credit_by'), options)
  }

  #conversions(options: Readonly<Record<string, string>>): string {
    return this.linkTo({ view: 'conversions', options })
  }

  readonly #choose = (changes: Changes): void => {
    location.hash = this.linkWith(changes)
  }

  readonly #more = (): void => {
    this.rows += PAGE
  }
}

const PAGE = 25

/** What lets the conversions of a row through: a person has a part as the nearest only, or anywhere on the chain. */
function filterOf({
  by,
  split,
  against,
}: AttributionReport): 'nearest' | 'person' | 'share' | 'channel' | 'url' {
  if (by === 'page') return 'url'
  if (by !== 'person') return by
  return split === 'nearest' && (against?.split ?? 'nearest') === 'nearest' ? 'nearest' : 'person'
}

const place = html`<div class="skeleton list-place"></div>`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-attribution': GrapevineAttribution
  }
}
