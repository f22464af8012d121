import { html, nothing, type TemplateResult } from 'lit'
import type { Programme } from '../../../server/contract/programmes.ts'
import { text } from '../texts.ts'
import { STEPS_FROM, type Step, statusBadge } from './programme-status.ts'
import { ruleSentence } from './rule-words.ts'

/** Which programme it is, how it stands, and what can be done about that. */
export function programmeHead(
  programme: Programme | undefined,
  back: string,
  busy: boolean,
  step: (step: Step) => void,
): TemplateResult {
  const steps = programme ? STEPS_FROM[programme.status] : []
  return html`
    <div class="programme-head">
      <p class="small"><a href=${back}>← ${text('programmes_back')}</a></p>
      <div class="title">
        <h2>${programme?.name ?? text('programme_new')} ${programme ? statusBadge(programme.status) : nothing}</h2>
        <p class="steps">
          ${steps.map(
            (one) => html`
              <button
                class="button ${one === 'start' || one === 'resume' ? 'main' : ''}"
                type="button"
                ?disabled=${busy}
                @click=${() => step(one)}
              >
                ${text(`programme_do_${one}`)}
              </button>
            `,
          )}
        </p>
      </div>
      <p class="muted">${programme ? ruleSentence(programme.rule) : text('programme_new_hint')}</p>
    </div>
  `
}
