import { html, nothing, type TemplateResult } from 'lit'
import type { RequestError } from '../api.ts'
import type { Report } from '../report.ts'
import { text } from '../texts.ts'

/** What is shown of a report: its place while it loads, what went wrong, or the report itself. */
export function shown<T>(
  report: Report<T>,
  place: TemplateResult,
  ready: (data: T) => TemplateResult,
): TemplateResult {
  if (report.data === undefined)
    return report.error ? failed(report.error, () => report.retry()) : waiting(place)
  return html`
    ${report.error ? failed(report.error, () => report.retry()) : nothing}
    <div aria-busy=${report.busy ? 'true' : 'false'}><div class="settled">${ready(report.data)}</div></div>
  `
}

/** Says what went wrong and what can be done about it. */
export function failed(error: RequestError, retry: () => void): TemplateResult {
  return html`
    <section class="panel message" role="alert">
      <h2>${text(error.status === 404 ? 'error_gone' : error.status === 0 ? 'error_unreachable' : 'error_failed')}</h2>
      <p class="muted">
        ${error.status === 0 ? text('error_unreachable_hint') : error.message}
        ${error.requestId ? html`<br /><span class="small">${text('error_request', { id: error.requestId })}</span>` : nothing}
      </p>
      <button class="button" type="button" @click=${retry}>${text('retry')}</button>
    </section>
  `
}

function waiting(place: TemplateResult): TemplateResult {
  return html`<div aria-busy="true"><span class="spoken" role="status">${text('loading')}</span>${place}</div>`
}
