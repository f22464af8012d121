import { html, type TemplateResult } from 'lit'
import type { ProgrammeVersions } from '../../../server/contract/programmes.ts'
import { formatMoment } from '../format.ts'
import { language, text } from '../texts.ts'
import { changesBetween, ruleSentence } from './rule-words.ts'

/** Every rule a programme had, latest first, each with what it changed. */
export function versionList({ data }: ProgrammeVersions): TemplateResult {
  return html`
    <ol class="versions">
      ${data.map(({ version, at, rule }, i) => {
        const before = data[i + 1]?.rule
        return html`
          <li>
            <p>
              <b>${text('version_n', { n: String(version) })}</b>
              <time class="small muted" datetime=${at}>${formatMoment(at, language())}</time>
            </p>
            ${before ? changeList(changesBetween(before, rule)) : html`<p class="small">${ruleSentence(rule)}</p>`}
          </li>
        `
      })}
    </ol>
  `
}

function changeList(changes: ReturnType<typeof changesBetween>): TemplateResult {
  return html`
    <ul class="small">
      ${changes.map(
        ({ name, from, to }) => html`
          <li><span class="muted">${name}:</span> <del>${from}</del> → <ins>${to}</ins></li>
        `,
      )}
    </ul>
  `
}
