import { html, type TemplateResult } from 'lit'
import type { NewBan } from '../../../server/contract/moderation.ts'
import { BAN_KINDS, type BanKind } from '../../../server/contract/moderation-models.ts'
import { text } from '../texts.ts'

/** Bans everybody who came through a share, or through what came of it. */
export function subtreeForm(busy: boolean, ban: (ban: NewBan) => Promise<boolean>): TemplateResult {
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const typed = new FormData(form)
    const subtree = `${typed.get('code')}`.trim()
    if (await ban({ kind: `${typed.get('kind')}` as BanKind, subtree, note: `${typed.get('note')}` }))
      form.reset()
  }
  return html`
    <details class="subtree">
      <summary>${text('ban_subtree_title')}</summary>
      <form @submit=${submit}>
        <p class="small muted">${text('ban_subtree_hint')}</p>
        <input class="field" name="code" required maxlength="64" autocomplete="off" aria-label=${text('ban_code')} placeholder=${text('ban_code')} />
        <select class="field" name="kind" aria-label=${text('ban_kind')}>
          ${BAN_KINDS.map((kind) => html`<option value=${kind}>${text(`ban_kind_${kind}`)}</option>`)}
        </select>
        <input class="field" name="note" maxlength="1000" autocomplete="off" aria-label=${text('ban_note')} placeholder=${text('ban_note')} />
        <button class="button" ?disabled=${busy}>${text('comment_do_ban')}</button>
      </form>
    </details>
  `
}
