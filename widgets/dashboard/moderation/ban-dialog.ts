import { html, nothing, type TemplateResult } from 'lit'
import type { NewBan } from '../../../server/contract/moderation.ts'
import { BAN_KINDS, type BanKind } from '../../../server/contract/moderation-models.ts'
import { guest, type Somebody } from '../parts/pieces.ts'
import { text } from '../texts.ts'

/** Who is about to be banned. */
export interface Banning {
  person: Somebody
  /** What the server did not take. */
  fault?: string
}

/** How long a ban lasts, in days; 0 until it is lifted. */
const DAYS = [1, 7, 30, 0] as const
const DAY_MS = 24 * 60 * 60 * 1000

/** Asks for how long, how, and why somebody may not speak. */
export function banDialog(
  { person, fault }: Banning,
  ban: (ban: NewBan) => void,
  closed: () => void,
): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const typed = new FormData(event.target as HTMLFormElement)
    const days = Number(typed.get('days'))
    ban({
      kind: `${typed.get('kind')}` as BanKind,
      person: person.id,
      note: `${typed.get('note')}`,
      ...(days ? { until: new Date(Date.now() + days * DAY_MS).toISOString() } : {}),
    })
  }
  return html`
    <dialog class="ask" aria-labelledby="ban" @close=${closed}>
      <h2 id="ban">${text('ban_ask', { name: guest(person) })}</h2>
      <form class="body" @submit=${submit}>
        <fieldset>
          <legend class="spoken">${text('ban_kind')}</legend>
          ${BAN_KINDS.map(
            (kind, i) => html`<label class="choice"
              ><input type="radio" name="kind" value=${kind} ?checked=${i === 0} /><span
                >${text(`ban_kind_${kind}`)}<span class="small muted hint">${text(`ban_kind_${kind}_hint`)}</span></span
              ></label
            >`,
          )}
        </fieldset>
        <label class="choice"
          >${text('ban_days')}
          <select class="field" name="days">
            ${DAYS.map((days) => html`<option value=${days}>${days ? text('ban_for', { count: days, n: String(days) }) : text('ban_forever')}</option>`)}
          </select></label
        >
        <label class="choice wide">${text('ban_note')} <input class="field" name="note" maxlength="1000" autocomplete="off" /></label>
        <p class="small muted">${text('ban_undo_hint')}</p>
        ${fault ? html`<p class="bad" role="alert">${fault}</p>` : nothing}
        <p class="buttons">
          <button class="button" type="button" @click=${(event: Event) => (event.currentTarget as Element).closest('dialog')?.close()}>${text('cancel')}</button>
          <button class="button main">${text('comment_do_ban')}</button>
        </p>
      </form>
    </dialog>
  `
}
