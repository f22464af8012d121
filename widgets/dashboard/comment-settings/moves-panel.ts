import { html, nothing, type TemplateResult } from 'lit'
import type { Moves, NewMove } from '../../../server/contract/pages.ts'
import { text } from '../texts.ts'

/** What the panel can do. */
export interface MovesActs {
  busy: boolean
  fault: string | undefined
  add(move: NewMove): Promise<boolean>
  remove(id: string): void
}

/** Pages that moved: their comments and counts moved along. */
export function movesPanel({ data }: Moves, { busy, fault, add, remove }: MovesActs): TemplateResult {
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const typed = new FormData(form)
    const move = { from: `${typed.get('from')}`, to: `${typed.get('to')}`, prefix: typed.has('prefix') }
    if (await add(move)) form.reset()
  }
  return html`
    ${
      data.length > 0
        ? html`<ul class="moves">${data.map(
            ({ id, from, to, prefix }) => html`<li>
              <span><code>${from}</code>${prefix ? '…' : ''} → <code>${to}</code>${prefix ? '…' : ''}</span>
              <button type="button" class="button" ?disabled=${busy} @click=${() => remove(id)}>${text('move_remove')}</button>
            </li>`,
          )}</ul>`
        : nothing
    }
    <form class="move" @submit=${submit}>
      <label class="setting"><span>${text('move_from')}</span><input class="field" name="from" type="url" required placeholder="https://old.example/a" /></label>
      <label class="setting"><span>${text('move_to')}</span><input class="field" name="to" type="url" required placeholder="https://example.com/b" /></label>
      <label class="tick"><input type="checkbox" name="prefix" /><span>${text('move_prefix')}</span></label>
      ${fault ? html`<p class="fault" role="alert">${fault}</p>` : nothing}
      <button class="button" ?disabled=${busy}>${text('move_add')}</button>
    </form>
  `
}
