import { html, type TemplateResult } from 'lit'
import type { PagesReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { pagePath } from '../format.ts'
import { text } from '../texts.ts'
import { type TopAsked, TopView } from './top-view.ts'

type Row = PagesReport['data'][number]

/** What each page brought in the range. */
export class GrapevinePages extends TopView<Row, PagesReport> {
  protected override readonly subjects = 'pages'

  protected override read(asked: TopAsked, signal: AbortSignal): Promise<PagesReport> {
    return read('/v1/reports/pages', asked, signal)
  }

  protected override label(): string {
    return text('page')
  }

  protected override filter({ url }: Row) {
    return { url }
  }

  protected override name({ url }: Row): TemplateResult {
    return html`<a class="address" href=${url} target="_blank" rel="noopener noreferrer" title=${url}>${pagePath(url)}</a>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-pages': GrapevinePages
  }
}
