import { html, type TemplateResult } from 'lit'
import { TOP_SORTS, type TopSort } from '../choices.ts'
import { PagedReport, type PageOf } from '../paged.ts'
import { exportLinks } from '../parts/export-links.ts'
import { further } from '../parts/further.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { topStyles } from './top-table.styles.ts'
import { type Counted, topTable } from './top-table.ts'

/** What such a list is asked for. */
export type TopAsked = View['span'] & {
  sort: (typeof TOP_SORTS)[number]
  limit: number
  cursor: string | undefined
}

/** A view that lists subjects with what each brought in the range. */
export abstract class TopView<Row extends Counted, Page extends PageOf<Row>> extends View {
  static override styles = [View.styles, tables, topStyles].flat()

  readonly #report = new PagedReport<Row, Page>(
    this,
    () => `${this.range.from} ${this.range.to} ${this.#sort}`,
    (signal, limit, cursor) => this.read({ ...this.span, sort: this.#sort, limit, cursor }, signal),
  )

  /** Which report lists the subjects. */
  protected abstract readonly subjects: 'pages' | 'channels'

  protected abstract read(asked: TopAsked, signal: AbortSignal): Promise<Page>
  /** What the subjects are called, in the singular. */
  protected abstract label(): string
  /** A subject as its row shows it. */
  protected abstract name(row: Row): TemplateResult | string
  /** The options of the conversions view that let through what a subject brought. */
  protected abstract filter(row: Row): Readonly<Record<string, string>>

  override render() {
    return shown(this.#report, place, (report) => this.#ready(report))
  }

  get #sort() {
    return TOP_SORTS.find((sort) => sort === this.route.options.sort) ?? 'visits'
  }

  #ready({ data }: Page): TemplateResult {
    if (data.length === 0) return scriptTag(this.site)
    return html`
      <section class="panel" aria-labelledby="brought">
        <header>
          <h2 id="brought">${text(`${this.subjects}_brought`)}</h2>
          ${exportLinks(`/v1/reports/${this.subjects}`, { ...this.span, sort: this.#sort })}
        </header>
        ${topTable({
          label: this.label(),
          rows: data,
          name: (row) => this.name(row),
          sort: this.#sort,
          sortLink: (sort) => this.linkWith({ sort }),
          link: (row, key) => this.#link(row, key),
        })}
        ${further(this.#report)}
      </section>
    `
  }

  /** What was bought is listed; shares and visits are explained by what became of them. */
  #link(row: Row, key: TopSort): string {
    if (key === 'conversions') return this.linkTo({ view: 'conversions', options: this.filter(row) })
    return this.linkTo({ view: 'funnel', options: { by: this.subjects === 'pages' ? 'page' : 'channel' } })
  }
}

const place = html`<div class="skeleton list-place"></div>`
