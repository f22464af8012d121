import { html, type TemplateResult } from 'lit'
import type { PagesReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { TOP_SORTS } from '../choices.ts'
import { pagePath } from '../format.ts'
import { PagedReport } from '../paged.ts'
import { further } from '../parts/further.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { topStyles } from './top-table.styles.ts'
import { topTable } from './top-table.ts'

/** What each page brought in the range. */
export class GrapevinePages extends View {
  static override styles = [View.styles, tables, topStyles].flat()

  readonly #report = new PagedReport<PagesReport['data'][number], PagesReport>(
    this,
    () => `${this.range.from} ${this.range.to} ${this.#sort}`,
    (signal, limit, cursor) =>
      read('/v1/reports/pages', { ...this.span, sort: this.#sort, limit, cursor }, signal),
  )

  override render() {
    return shown(this.#report, place, (report) => this.#ready(report))
  }

  get #sort() {
    return TOP_SORTS.find((sort) => sort === this.route.options.sort) ?? 'visits'
  }

  #ready({ data }: PagesReport): TemplateResult {
    if (data.length === 0) return scriptTag(this.site)
    return html`
      <section class="panel">
        ${topTable({
          label: text('page'),
          rows: data,
          name: (row) =>
            html`<a class="address" href=${row.url} target="_blank" rel="noopener noreferrer" title=${row.url}>${pagePath(row.url)}</a>`,
          sort: this.#sort,
          sortLink: (sort) => this.linkWith('sort', sort),
        })}
        ${further(this.#report)}
      </section>
    `
  }
}

const place = html`<div class="skeleton list-place"></div>`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-pages': GrapevinePages
  }
}
