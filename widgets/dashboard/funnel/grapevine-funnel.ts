import { html, type TemplateResult } from 'lit'
import type { FunnelReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { PagedReport } from '../paged.ts'
import { exportLinks } from '../parts/export-links.ts'
import { further } from '../parts/further.ts'
import { segments } from '../parts/pieces.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { funnelStyles } from './funnel.styles.ts'
import { funnelChart } from './funnel-chart.ts'
import { funnelTable } from './funnel-table.ts'
import { STEPS, type Step } from './steps.ts'

const BY = ['page', 'channel'] as const

/** SICAS: how many sense, interact, connect, act and share, in all and by page or channel. */
export class GrapevineFunnel extends View {
  static override styles = [View.styles, tables, funnelStyles].flat()

  readonly #report = new PagedReport<FunnelReport['data'][number], FunnelReport>(
    this,
    () => `${this.range.from} ${this.range.to} ${this.#by}`,
    (signal, limit, cursor) =>
      read('/v1/reports/funnel', { ...this.span, by: this.#by, limit, cursor }, signal),
  )

  override render() {
    return shown(this.#report, place, (report) => this.#ready(report))
  }

  get #by() {
    return BY.find((by) => by === this.route.options.by) ?? 'page'
  }

  #ready(report: FunnelReport): TemplateResult {
    if (STEPS.every((step) => report.total[step] === 0)) return scriptTag(this.site)
    const by = BY.map((name) => ({
      name: text(name),
      href: this.linkWith({ by: name }),
      on: name === report.by,
    }))
    return html`
      <div class="stack">
        <section class="panel" aria-labelledby="all">
          <header>
            <h2 id="all">${text('funnel_all')}</h2>
            <p class="small muted">${text('funnel_hint')}</p>
          </header>
          ${funnelChart(report.total, this.#linkToStep)}
        </section>
        <section class="panel" aria-labelledby="each">
          <header>
            <h2 id="each">${text('funnel_by')}</h2>
            ${segments(text('funnel_by'), by)}
            ${exportLinks('/v1/reports/funnel', { ...this.span, by: report.by })}
          </header>
          ${funnelTable(report, this.#linkToConversions(report.by))}
          ${further(this.#report)}
        </section>
      </div>
    `
  }

  /** A step is explained by the view that lists what it counts. */
  readonly #linkToStep = (step: Step): string => {
    if (step === 'act') return this.linkTo({ view: 'conversions' })
    if (step === 'connect') return this.linkTo({ view: 'people' })
    return this.linkTo({ view: step === 'share' ? 'cascades' : 'channels' })
  }

  #linkToConversions(by: FunnelReport['by']): (key: string) => string {
    const option = by === 'page' ? 'url' : 'channel'
    return (key) => this.linkTo({ view: 'conversions', options: { [option]: key } })
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
    'grapevine-funnel': GrapevineFunnel
  }
}
