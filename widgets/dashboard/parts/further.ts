import { html, nothing, type TemplateResult } from 'lit'
import { text } from '../texts.ts'

/** The way to the next page of a list, if there is one. */
export function further(list: {
  data: { next: string | null } | undefined
  busy: boolean
  more(): Promise<void>
}) {
  if (!list.data?.next) return nothing
  const more = (): void => void list.more()
  return html`
    <p class="further">
      <button class="button" type="button" ?disabled=${list.busy} @click=${more}>${text('show_more')}</button>
    </p>
  ` as TemplateResult
}
