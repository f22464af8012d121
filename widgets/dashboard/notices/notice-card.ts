import { html, nothing, type TemplateResult } from 'lit'
import type { Notice, NoticeDecision } from '../../../server/contract/moderation.ts'
import { formatMoment, pagePath } from '../format.ts'
import { badges, commentBody } from '../moderation/comment-row.ts'
import { phrase } from '../parts/phrase.ts'
import { personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

/** What a card can do. */
export interface NoticeActs {
  busy: boolean
  fault: string | undefined
  person: (id: string) => string
  decide: (decision: NoticeDecision) => void
}

/** One notice: what is said to be illegal and why, by whom, and what was decided. */
export function noticeCard(notice: Notice, acts: NoticeActs): TemplateResult {
  const { id, comment, url, reason, explanation, name, mail, state, statement, decidedBy, at, decidedAt } =
    notice
  const when = (moment: string): TemplateResult =>
    html`<time datetime=${moment}>${formatMoment(moment, language())}</time>`
  return html`
    <li class="panel notice-card" data-id=${id}>
      <header>
        <h2>${text(`notice_reason_${reason}`)}</h2>
        <span class="badge ${state === 'received' ? 'held' : ''}">${text(`notice_${state}`)}</span>
      </header>
      <div class="inside">
        <p dir="auto" class="body">${explanation}</p>
        <p class="small muted">
          ${phrase('notice_by', { name: html`<bdi>${name}</bdi>`, mail: html`<bdi>${mail}</bdi>`, when: when(at) })} ·
          <a href=${url} target="_blank" rel="noopener">${pagePath(url)}</a>
        </p>
        ${
          comment
            ? html`<blockquote>
                <p class="who"><bdi>${personLink(comment.author, acts.person)}</bdi> ${badges(comment)}</p>
                ${commentBody(comment)}
              </blockquote>`
            : nothing
        }
        ${
          decidedAt
            ? html`<p class="small muted">${phrase('notice_decided', { who: decidedBy ?? '', when: when(decidedAt) })}</p><p class="body" dir="auto">${statement}</p>`
            : nothing
        }
        ${decide(notice, acts)}
        ${trail(notice)}
      </div>
    </li>
  `
}

/** Decides, with the reasons that both sides are told; again, where it was wrong. */
function decide({ id, state }: Notice, { busy, fault, decide }: NoticeActs): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const typed = new FormData(event.target as HTMLFormElement)
    const decision = (event.submitter as HTMLButtonElement).value as NoticeDecision['decision']
    decide({ decision, statement: `${typed.get('statement')}` })
  }
  return html`
    <form @submit=${submit}>
      <label class="small" for=${`statement-${id}`}>${text('notice_statement')}</label>
      <textarea id=${`statement-${id}`} class="field" name="statement" rows="3" maxlength="5000" required></textarea>
      ${fault ? html`<p class="bad" role="alert">${fault}</p>` : nothing}
      <p class="buttons">
        ${state === 'removed' ? nothing : html`<button class="button refuse" value="removed" ?disabled=${busy}>${text('notice_do_remove')}</button>`}
        ${state === 'kept' ? nothing : html`<button class="button" value="kept" ?disabled=${busy}>${text('notice_do_keep')}</button>`}
      </p>
    </form>
  `
}

function trail({ trail }: Notice) {
  if (trail.length === 0) return nothing
  return html`
    <details>
      <summary class="small">${text('notice_trail')}</summary>
      <ol class="small muted">
        ${trail.map(
          ({ act, at, who, note }) =>
            html`<li>${text(`act_${act}`)} · ${who} · ${formatMoment(at, language())} ${note ? html`<q dir="auto">${note}</q>` : nothing}</li>`,
        )}
      </ol>
    </details>
  `
}
