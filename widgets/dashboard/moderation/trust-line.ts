import { html, nothing, type TemplateResult } from 'lit'
import type { ModeratedComment } from '../../../server/contract/moderation.ts'
import { formatCount } from '../format.ts'
import { phrase } from '../parts/phrase.ts'
import { personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

/** How far an author is trusted and why, what became of what they said before, and who brought them. */
export function trustLine(
  { trust, approved, refused, broughtBy }: ModeratedComment['author'],
  person: (id: string) => string,
): TemplateResult {
  const n = (count: number): string => formatCount(count, language())
  return html`
    <p class="small muted">
      ${text('trust_line', { level: text(`trust_${trust.level as 0}`), approved: n(approved), refused: n(refused) })}
      ${trust.reasons.map(
        ({ reason, detail }) =>
          html` · ${text(`trust_reason_${reason}`)}${detail ? html` <bdi>(${detail})</bdi>` : nothing}`,
      )}
      ${broughtBy ? html` · ${phrase('trust_brought', { name: html`<bdi>${personLink(broughtBy, person)}</bdi>` })}` : nothing}
    </p>
  `
}
