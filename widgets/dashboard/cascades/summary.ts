import { html, type TemplateResult } from 'lit'
import type { CascadesReport } from '../../../server/contract/reports.ts'
import { formatCount, formatRatio } from '../format.ts'
import { bar } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import { depthRows } from './depths.ts'

type Summary = CascadesReport['summary']

/** What all cascades have in common: how many, how large, how deep. */
export function summaryPanels(summary: Summary): TemplateResult {
  return html`
    <div class="top">
      <section class="panel">${figures(summary)}</section>
      <section class="panel" aria-labelledby="depths">
        <header><h2 id="depths">${text('depth_title')}</h2></header>
        ${histogram(summary)}
      </section>
    </div>
  `
}

function figures(summary: Summary): TemplateResult {
  const lang = language()
  const figure = (label: string, value: string, hint = '') =>
    html`<div title=${hint}><dt>${label}</dt><dd>${value}</dd></div>`
  return html`
    <dl class="figures">
      ${figure(text('cascades_count'), formatCount(summary.cascades, lang))}
      ${figure(text('cascades_shares'), formatCount(summary.shares, lang))}
      ${figure(text('cascades_mean'), formatRatio(summary.meanSize, lang))}
      ${figure(text('cascades_alone'), formatCount(summary.alone, lang))}
      ${figure(text('cascades_max'), formatCount(summary.maxSize, lang))}
      ${figure(text('cascades_deepest'), text('depth_hops', { count: summary.maxDepth, n: String(summary.maxDepth) }))}
      ${figure(text('cascades_broadest'), formatCount(summary.maxBreadth, lang))}
      ${figure(text('cascades_virality'), formatRatio(summary.meanVirality, lang), text('virality_hint'))}
    </dl>
    <p class="small muted hint">${text('virality_hint')}</p>
  `
}

function histogram({ depths }: Summary): TemplateResult {
  const rows = depthRows(depths)
  const most = Math.max(...rows.map(({ count }) => count))
  return html`
    <ol class="depths">
      ${rows.map(
        ({ from, to, count }) => html`
          <li>
            <span class="muted">${
              from === to
                ? text('depth_hops', { count: from, n: String(from) })
                : text('depth_hops', { count: to, n: `${from}–${to}` })
            }</span>
            ${bar(count, most, 'start')}
            <span class="number">${formatCount(count, language())}</span>
          </li>
        `,
      )}
    </ol>
  `
}
