import { html, type TemplateResult } from 'lit'
import type { ConversionsReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { PagedReport } from '../paged.ts'
import { further } from '../parts/further.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { View } from '../view.ts'
import { conversionStyles } from './conversion-list.styles.ts'
import { conversionList } from './conversion-list.ts'

/** Every conversion of the range with the way that led to it, newest first. */
export class GrapevineConversions extends View {
  static override styles = [View.styles, tables, conversionStyles].flat()

  readonly #report = new PagedReport<ConversionsReport['data'][number], ConversionsReport>(
    this,
    () => `${this.range.from} ${this.range.to}`,
    (signal, limit, cursor) => read('/v1/reports/conversions', { ...this.span, limit, cursor }, signal),
  )

  override render() {
    return shown(this.#report, place, ({ data }) => this.#ready(data))
  }

  #ready(data: ConversionsReport['data']): TemplateResult {
    if (data.length === 0) return scriptTag(this.site, 'conversion')
    const link = (code: string) => this.linkTo({ view: 'cascades', code, options: { share: code } })
    return html`<section class="panel list">${conversionList(data, link)} ${further(this.#report)}</section>`
  }
}

const place = html`<div class="skeleton list-place"></div>`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-conversions': GrapevineConversions
  }
}
