import { css, html, type TemplateResult } from 'lit'
import type { Cascade, CascadesReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { CASCADE_SORTS } from '../choices.ts'
import { formatCount, formatMoment, formatRatio, pagePath } from '../format.ts'
import { PagedReport } from '../paged.ts'
import { exportLinks } from '../parts/export-links.ts'
import { further } from '../parts/further.ts'
import { channelName, personLink, segments } from '../parts/pieces.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { language, text } from '../texts.ts'
import { View } from '../view.ts'
import { cascadesStyles } from './cascades.styles.ts'
import { summaryPanels } from './summary.ts'

/** All cascades of the site: what they have in common, and each one. */
export class GrapevineCascades extends View {
  static override styles = [
    View.styles,
    tables,
    cascadesStyles,
    css`
      .hint {
        padding: 0 16px 14px;
      }
      td.when {
        white-space: nowrap;
      }
    `,
  ].flat()

  readonly #report = new PagedReport<Cascade, CascadesReport>(
    this,
    () => this.#sort,
    (signal, limit, cursor) => read('/v1/reports/cascades', { sort: this.#sort, limit, cursor }, signal),
  )

  override render() {
    return shown(this.#report, place, (report) => this.#ready(report))
  }

  get #sort() {
    return CASCADE_SORTS.find((sort) => sort === this.route.options.sort) ?? 'recent'
  }

  #ready({ summary, data }: CascadesReport): TemplateResult {
    if (summary.cascades === 0) return empty(summary.alone)
    const sorts = CASCADE_SORTS.map((sort) => ({
      name: text(`sort_${sort}`),
      href: this.linkWith({ sort }),
      on: sort === this.#sort,
    }))
    return html`
      <div class="stack">
        ${summaryPanels(summary)}
        <section class="panel" aria-labelledby="list">
          <header>
            <h2 id="list">${text('cascades_list')}</h2>
            <div class="sorts">${segments(text('sort'), sorts)}</div>
            ${exportLinks('/v1/reports/cascades', { sort: this.#sort })}
          </header>
          ${this.#table(data)} ${further(this.#report)}
        </section>
      </div>
    `
  }

  #table(data: Cascade[]): TemplateResult {
    const numbers = ['size', 'depth', 'breadth', 'virality', 'visits', 'conversions'] as const
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${text('page')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${text('page')}</th>
              ${numbers.map((key) => html`<th scope="col" class="number">${text(key)}</th>`)}
              <th scope="col" class="number">${text('last_share')}</th>
            </tr>
          </thead>
          <tbody>
            ${data.map((cascade) => this.#row(cascade))}
          </tbody>
        </table>
      </div>
    `
  }

  #row(cascade: Cascade): TemplateResult {
    const lang = language()
    const page = pagePath(cascade.url)
    return html`
      <tr>
        <th scope="row">
          <a
            class="address"
            href=${this.linkTo({ code: cascade.root, options: {} })}
            title=${cascade.url}
            aria-label=${text('open_cascade', { page })}
            >${page}</a
          >
          <span class="small muted"
            >${personLink(cascade.person, this.linkToPerson)} · ${channelName(cascade.channel)}</span>
        </th>
        <td class="number">${formatCount(cascade.size, lang)}</td>
        <td class="number">${cascade.depth}</td>
        <td class="number">${formatCount(cascade.breadth, lang)}</td>
        <td class="number">${formatRatio(cascade.virality, lang)}</td>
        <td class="number">${formatCount(cascade.visits, lang)}</td>
        <td class="number">${formatCount(cascade.conversions, lang)}</td>
        <td class="number when">${formatMoment(cascade.lastAt, lang)}</td>
      </tr>
    `
  }
}

function empty(alone: number): TemplateResult {
  const waiting = text('shares_alone', { count: alone, n: formatCount(alone, language()) })
  return html`
    <section class="panel message">
      <h2>${text('empty_cascades')}</h2>
      <p class="muted">${text('empty_cascades_hint', { alone: waiting })}</p>
    </section>
  `
}

const place = html`
  <div class="stack">
    <div class="skeleton summary-place"></div>
    <div class="skeleton list-place"></div>
  </div>
`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-cascades': GrapevineCascades
  }
}
