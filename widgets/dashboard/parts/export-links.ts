import { html, type TemplateResult } from 'lit'
import { addressOf, type Query } from '../api.ts'
import { text } from '../texts.ts'

const FORMATS = ['csv', 'json'] as const

/** The links to all of a report as files: plain downloads of the address the table is read from. */
export function exportLinks(path: `/v1/${string}`, query: Query = {}): TemplateResult {
  return html`
    <span class="export" role="group" aria-label=${text('export')}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 2.500v7m-3-2.500 3 3 3-3M3 13h10"></path>
      </svg>
      ${FORMATS.map((format) => {
        const name = format.toUpperCase()
        return html`<a
          href=${addressOf(path, { ...query, format })}
          download
          aria-label=${text('export_as', { format: name })}
          >${name}</a
        >`
      })}
    </span>
  `
}
