import { html, type TemplateResult } from 'lit'
import type { ConversionsReport, PersonReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { conversionStyles } from '../conversions/conversion-list.styles.ts'
import { conversionList } from '../conversions/conversion-list.ts'
import { formatCount } from '../format.ts'
import { PagedReport } from '../paged.ts'
import { exportLinks } from '../parts/export-links.ts'
import { further } from '../parts/further.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { Report } from '../report.ts'
import { language, text } from '../texts.ts'
import { View } from '../view.ts'
import { personStyles } from './person.styles.ts'
import { influence, type PersonLinks, personHead } from './person-head.ts'
import { broughtList, linksTable } from './person-links.ts'

/** One person: who brought them, whom they brought, their links, what came through them and what they are owed. */
export class GrapevinePerson extends View {
  static override styles = [View.styles, tables, conversionStyles, personStyles].flat()

  readonly #report = new Report<PersonReport>(
    this,
    () => `${this.range.from} ${this.range.to} ${this.#id}`,
    (signal) => read(`/v1/reports/people/${this.#id}`, this.span, signal),
  )
  readonly #conversions = new PagedReport<ConversionsReport['data'][number], ConversionsReport>(
    this,
    () => `${this.range.from} ${this.range.to} ${this.#id}`,
    (signal, limit, cursor) => read('/v1/reports/conversions', { ...this.#taken, limit, cursor }, signal),
    10,
  )

  override render() {
    return html`
      <p class="back"><a href=${this.linkTo({ view: 'people', options: {} })}>← ${text('all_people')}</a></p>
      ${shown(this.#report, place, (report) => this.#ready(report))}
    `
  }

  get #id(): string {
    return this.route.code ?? ''
  }

  /** What the conversions are asked for that the person has a part in. */
  get #taken() {
    return { ...this.span, person: this.#id }
  }

  #ready(report: PersonReport): TemplateResult {
    const links = this.#links()
    const people = { count: report.broughtCount, n: formatCount(report.broughtCount, language()) }
    return html`
      <div class="stack">
        ${personHead(report, links)} ${influence(report, links)}
        <div class="columns">
          <section class="panel" aria-labelledby="links">
            <header><h2 id="links">${text('person_links')}</h2></header>
            ${linksTable(report.links, {
              share: this.linkToShare,
              conversions: (share) => this.linkTo({ view: 'conversions', options: { share } }),
            })}
          </section>
          <section class="panel" aria-labelledby="brought">
            <header>
              <h2 id="brought">${text('person_brought')}</h2>
              <span class="small muted">${text('person_brought_n', people)}</span>
            </header>
            ${broughtList(report, this.linkToPerson)}
          </section>
        </div>
        <section class="panel" aria-labelledby="parts">
          <header>
            <h2 id="parts">${text('person_conversions')}</h2>
            ${exportLinks('/v1/reports/conversions', this.#taken)}
          </header>
          ${shown(this.#conversions, place, ({ data }) => conversionList(data, this.conversionLinks))}
          ${further(this.#conversions)}
        </section>
      </div>
    `
  }

  #links(): PersonLinks {
    const person = this.#id
    return {
      person: this.linkToPerson,
      share: this.linkToShare,
      own: this.linkTo({ view: 'conversions', options: { nearest: person } }),
      all: this.linkTo({ view: 'conversions', options: { person } }),
      bought: this.linkTo({ view: 'conversions', options: { buyer: person } }),
      rewards: (state) => this.linkTo({ view: 'rewards', options: { person, ...(state ? { state } : {}) } }),
    }
  }
}

const place = html`
  <div class="stack">
    <div class="skeleton summary-place"></div>
    <div class="skeleton list-place"></div>
  </div>
`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-person': GrapevinePerson
  }
}
