import { html, type TemplateResult } from 'lit'
import type { ConversionsReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { PagedReport } from '../paged.ts'
import { exportLinks } from '../parts/export-links.ts'
import { filterChips } from '../parts/filter-chips.ts'
import { further } from '../parts/further.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { filtersIn, filtersInWords } from './conversion-filters.ts'
import { conversionStyles } from './conversion-list.styles.ts'
import { conversionList } from './conversion-list.ts'

/** Every conversion of the range, or those that its filters let through, newest first, with the way that led to each. */
export class GrapevineConversions extends View {
  static override styles = [View.styles, tables, conversionStyles].flat()

  readonly #report = new PagedReport<ConversionsReport['data'][number], ConversionsReport>(
    this,
    () => JSON.stringify(this.#query),
    (signal, limit, cursor) => read('/v1/reports/conversions', { ...this.#query, limit, cursor }, signal),
  )

  override render() {
    return shown(this.#report, place, ({ data }) => this.#ready(data))
  }

  get #query() {
    return { ...this.span, ...filtersIn(this.route) }
  }

  #ready(data: ConversionsReport['data']): TemplateResult {
    const filters = filtersInWords(this.route, data, (name) => this.linkWith({ [name]: undefined }))
    if (data.length === 0 && filters.length === 0) return scriptTag(this.site, 'conversion')
    return html`
      <section class="panel" aria-labelledby="list">
        <header>
          <h2 id="list">${text(filters.length ? 'conversions_some' : 'all_conversions')}</h2>
          ${filterChips(filters)} ${exportLinks('/v1/reports/conversions', this.#query)}
        </header>
        ${conversionList(data, this.conversionLinks)} ${further(this.#report)}
      </section>
    `
  }
}

const place = html`<div class="skeleton list-place"></div>`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-conversions': GrapevineConversions
  }
}
