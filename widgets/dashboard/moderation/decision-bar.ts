import { html, nothing, type TemplateResult } from 'lit'
import type { ModerationAct } from '../../../server/contract/moderation.ts'
import type { RequestError } from '../api.ts'
import { formatCount } from '../format.ts'
import { language, text } from '../texts.ts'
import type { Act } from './moderation-acts.ts'

/** What came of the last act: what was done, or why not. */
export type Outcome =
  | { act: Act | 'ban' | 'undo'; count: number; undo: readonly ModerationAct[] }
  | { error: RequestError }

const ACTS = ['approve', 'hold', 'refuse', 'delete'] as const

/** Decides on all that is selected, with a note if so wished. */
export function decisionBar(
  count: number,
  decide: (act: Act, note: string) => void,
  unselect: () => void,
): TemplateResult {
  const n = formatCount(count, language())
  const said = (event: Event): void => {
    const { form, value } = event.currentTarget as HTMLButtonElement
    const note = form?.elements.namedItem('note') as HTMLInputElement
    decide(value as Act, note.value.trim())
    note.value = ''
  }
  return html`
    <form class="decide panel" aria-label=${text('comments_selected', { count, n })} @submit=${(event: Event) => event.preventDefault()}>
      <b>${text('comments_selected', { count, n })}</b>
      <button class="button quiet" type="button" @click=${unselect}>${text('reward_unselect')}</button>
      <input class="field" name="note" maxlength="1000" autocomplete="off" aria-label=${text('reward_note')} placeholder=${text('reward_note')} />
      ${ACTS.map((act) => html`<button class="button ${act}" type="button" value=${act} @click=${said}>${text(`comment_do_${act}`)}</button>`)}
    </form>
  `
}

/** Tells what came of an act, and offers to undo it. */
export function outcomeLine(outcome: Outcome | undefined, undo: () => void): TemplateResult {
  if (outcome && 'error' in outcome) {
    const why = outcome.error.status === 0 ? text('error_unreachable') : outcome.error.message
    return html`<p class="outcome panel bad" role="alert">${text('reward_not_said', { why })}</p>`
  }
  return html`
    <div role="status">
      ${
        outcome
          ? html`<p class="outcome panel">
              ${text(`comments_done_${outcome.act}`, { count: outcome.count, n: formatCount(outcome.count, language()) })}
              ${outcome.undo.some(({ undoable }) => undoable) ? html`<button class="button" type="button" @click=${undo}>${text('act_undo')}</button>` : nothing}
            </p>`
          : nothing
      }
    </div>
  `
}
