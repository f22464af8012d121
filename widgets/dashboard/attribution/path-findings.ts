import { html, type TemplateResult } from 'lit'
import type { AttributionReport } from '../../../server/contract/reports.ts'
import { formatCount, formatPart, formatRatio } from '../format.ts'
import { bar, channelName } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

type Paths = NonNullable<AttributionReport['paths']>

/** What Markov or Shapley found in the paths: how many there are, how many convert, and what each channel is to them. */
export function pathFindings(
  paths: Paths,
  markov: boolean,
  link: (channel: string) => string,
): TemplateResult {
  const lang = language()
  const effects = Object.entries(paths.effects).sort(([, a], [, b]) => b - a)
  const most = Math.max(0, ...effects.map(([, effect]) => effect))
  const sum = effects.reduce((total, [, effect]) => total + effect, 0)
  const figure = (name: string, value: string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  return html`
    <section class="panel" aria-labelledby="paths">
      <header>
        <h2 id="paths">${text('paths_title')}</h2>
        <p class="small muted">${text(markov ? 'paths_markov_hint' : 'paths_shapley_hint')}</p>
      </header>
      <dl class="figures">
        ${figure(text('paths_found'), formatCount(paths.paths, lang))}
        ${figure(text('paths_converted'), formatCount(paths.converted, lang))}
        ${figure(text('paths_rate'), formatPart(paths.rate, lang))}
      </dl>
      <div class="scroll" tabindex="0" role="region" aria-label=${text(markov ? 'removal_effect' : 'shapley_value')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${text('channel')}</th>
              <th scope="col" class="number">${text(markov ? 'removal_effect' : 'shapley_value')}</th>
              <th scope="col" class="number">${text('effect_part')}</th>
            </tr>
          </thead>
          <tbody>
            ${effects.map(
              ([channel, effect]) => html`
                <tr>
                  <th scope="row"><a href=${link(channel)}>${channelName(channel)}</a></th>
                  <td class="number credit">${formatRatio(effect, lang)} ${bar(effect, most)}</td>
                  <td class="number">${sum > 0 ? formatPart(effect / sum, lang) : '–'}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    </section>
  `
}
