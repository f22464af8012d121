import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { AttributionReport, PeopleReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { TOP_SORTS } from '../choices.ts'
import { PagedReport } from '../paged.ts'
import { exportLinks } from '../parts/export-links.ts'
import { further } from '../parts/further.ts'
import { personLink, segments } from '../parts/pieces.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { Report } from '../report.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { creditTable } from './credit-table.ts'
import { topStyles } from './top-table.styles.ts'
import { topTable } from './top-table.ts'

/** Who brought what, and who has credit for it under a choice of chain split. */
export class GrapevinePeople extends View {
  static override styles = [
    View.styles,
    tables,
    topStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-items: start;
        gap: var(--gap);
      }
      @container (min-width: 920px) {
        .columns {
          grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
        }
        [aria-labelledby='credit'] .name {
          max-width: 16ch;
        }
      }
    `,
  ].flat()

  static override properties: PropertyDeclarations = { ...View.properties, rows: { state: true } }

  /** Rows shown of those who have credit: that report comes whole. */
  declare rows: number

  readonly #people = new PagedReport<PeopleReport['data'][number], PeopleReport>(
    this,
    () => `${this.range.from} ${this.range.to} ${this.#sort}`,
    (signal, limit, cursor) =>
      read('/v1/reports/people', { ...this.span, sort: this.#sort, limit, cursor }, signal),
  )
  readonly #credit = new Report<AttributionReport>(
    this,
    () => `${this.range.from} ${this.range.to} ${this.#split}`,
    (signal) => read('/v1/reports/attribution', this.#credited, signal),
  )

  constructor() {
    super()
    this.rows = PAGE
  }

  override render() {
    if (this.#people.data?.data.length === 0) return scriptTag(this.site)
    return html`
      <div class="columns">
        <section class="panel" aria-labelledby="brought">
          <header>
            <h2 id="brought">${text('people_brought')}</h2>
            ${exportLinks('/v1/reports/people', { ...this.span, sort: this.#sort })}
          </header>
          ${shown(this.#people, place, (report) => this.#brought(report))}
        </section>
        <section class="panel" aria-labelledby="credit">
          <header>
            <h2 id="credit">${text('people_credit')}</h2>
            ${segments(
              text('split'),
              SPLITS.map((split) => ({
                name: text(`split_model_${split}`),
                href: this.linkWith({ split }),
                on: split === this.#split,
              })),
            )}
            ${exportLinks('/v1/reports/attribution', this.#credited)}
            <p class="small muted">
              ${text(`split_way_${this.#split}`)}
              <a href=${this.linkTo({ view: 'attribution', options: { split: this.#split } })}>${text('compare_models')}</a>
            </p>
          </header>
          ${shown(this.#credit, place, (report) =>
            creditTable(report, this.rows, this.#more, {
              person: this.linkToPerson,
              // Under any other split those have credit, too, who stand anywhere on the chain.
              conversions: (id) => this.#conversions(this.#split === 'nearest' ? 'nearest' : 'person', id),
            }),
          )}
        </section>
      </div>
    `
  }

  get #sort() {
    return TOP_SORTS.find((sort) => sort === this.route.options.sort) ?? 'visits'
  }

  get #split() {
    return SPLITS.find((split) => split === this.route.options.split) ?? 'nearest'
  }

  /** What the credit is asked for. */
  get #credited() {
    return { ...this.span, split: this.#split, by: 'person' }
  }

  #brought({ data }: PeopleReport): TemplateResult {
    return html`
      ${topTable({
        label: text('person'),
        rows: data,
        name: ({ person }) => personLink(person, this.linkToPerson),
        sort: this.#sort,
        sortLink: (sort) => this.linkWith({ sort }),
        link: ({ person }, key) =>
          key === 'conversions' ? this.#conversions('nearest', person.id) : this.linkToPerson(person.id),
      })}
      ${further(this.#people)}
    `
  }

  #conversions(as: 'nearest' | 'person', id: string): string {
    return this.linkTo({ view: 'conversions', options: { [as]: id } })
  }

  readonly #more = (): void => {
    this.rows += PAGE
  }
}

const PAGE = 25

/** The splits told here; the attribution view has them all. */
const SPLITS = ['nearest', 'leibniz'] as const

const place = html`<div class="skeleton list-place"></div>`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-people': GrapevinePeople
  }
}
