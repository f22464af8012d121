import { html, nothing, type TemplateResult } from 'lit'
import type { Reward } from '../../../server/contract/rewards.ts'
import type { RequestError } from '../api.ts'
import { formatCount } from '../format.ts'
import { language, text } from '../texts.ts'
import { type Act, OTHER } from './reward-acts.ts'

/** What came of the last decision. */
export type Outcome = { act: Act; rewards: readonly Reward[] } | { act: Act; error: RequestError }

/** Decides on all that is selected, with a note if so wished. */
export function decisionBar(
  count: number,
  decide: (act: Act, note: string) => void,
  unselect: () => void,
): TemplateResult {
  const said = (event: Event): void => {
    const { form, value } = event.currentTarget as HTMLButtonElement
    const note = form?.elements.namedItem('note') as HTMLInputElement
    decide(value as Act, note.value.trim())
    note.value = ''
  }
  return html`
    <form class="decide panel" aria-label=${text('reward_selected', { count, n: formatCount(count, language()) })} @submit=${stay}>
      <b>${text('reward_selected', { count, n: formatCount(count, language()) })}</b>
      <button class="button quiet" type="button" @click=${unselect}>${text('reward_unselect')}</button>
      <input class="field" name="note" maxlength="500" autocomplete="off" aria-label=${text('reward_note')} placeholder=${text('reward_note')} />
      <button class="button refuse" type="button" value="refuse" @click=${said}>${text('reward_do_refuse')}</button>
      <button class="button main approve" type="button" value="approve" @click=${said}>${text('reward_do_approve')}</button>
    </form>
  `
}

const stay = (event: Event): void => event.preventDefault()

/** Tells what came of a decision, and offers to say the opposite. */
export function outcomeLine(
  outcome: Outcome | undefined,
  decide: (act: Act, ids: string[]) => void,
): TemplateResult {
  if (outcome && 'error' in outcome) {
    const why = outcome.error.status === 0 ? text('error_unreachable') : outcome.error.message
    return html`<p class="outcome panel bad" role="alert">${text('reward_not_said', { why })}</p>`
  }
  const count = outcome?.rewards.length ?? 0
  return html`
    <div role="status">
      ${
        outcome
          ? html`
              <p class="outcome panel">
                ${text(`reward_done_${outcome.act}`, { count, n: formatCount(count, language()) })}
                <button
                  class="button"
                  type="button"
                  @click=${() =>
                    decide(
                      OTHER[outcome.act],
                      outcome.rewards.map(({ id }) => id),
                    )}
                >
                  ${text(`reward_instead_${OTHER[outcome.act]}`)}
                </button>
              </p>
            `
          : nothing
      }
    </div>
  `
}
