import { html, nothing, type TemplateResult } from 'lit'
import { text } from '../texts.ts'

/** One thing that a list is filtered by: its name, what it must be, and the link to the list without it. */
export interface Filter {
  name: string
  value: string
  without: string
}

/** What a list is filtered by; each can be taken away by its own link. */
export function filterChips(filters: readonly Filter[]): TemplateResult | typeof nothing {
  if (filters.length === 0) return nothing
  return html`
    <ul class="chips" aria-label=${text('filters')}>
      ${filters.map(
        ({ name, value, without }) => html`
          <li>
            <span class="muted">${name}</span> <b title=${value}>${value}</b>
            <a href=${without} aria-label=${text('filter_remove', { name, value })}
              ><span aria-hidden="true">×</span></a
            >
          </li>
        `,
      )}
    </ul>
  `
}
