import { html, nothing, type TemplateResult } from 'lit'
import type { ModeratedComment } from '../../../server/contract/moderation.ts'
import { formatMoment, pagePath } from '../format.ts'
import { phrase } from '../parts/phrase.ts'
import { guest, personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import { type Act, actsOn } from './moderation-acts.ts'
import { trustLine } from './trust-line.ts'

/** What a row of the queue needs to know and can do. */
export interface RowSetting {
  selected: boolean
  current: boolean
  /** What is being said of it, before the server has answered. */
  saying: Act | undefined
  person: (id: string) => string
  ofPage: (url: string) => string
  select: () => void
  decide: (act: Act) => void
  ban: () => void
  context: () => void
}

/** One comment: what it says, who says it, why it waits, and what can be done. */
export function commentRow(comment: ModeratedComment, setting: RowSetting): TemplateResult {
  const { selected, current, saying } = setting
  const name = guest(comment.author)
  return html`
    <li
      class="said-row ${selected ? 'selected' : ''} ${saying ? 'saying' : ''}"
      data-id=${comment.id}
      tabindex="-1"
      aria-current=${current ? 'true' : 'false'}
    >
      <span class="pick">
        <input type="checkbox" aria-label=${text('comment_select', { name })} .checked=${selected} @change=${setting.select} />
      </span>
      <article class="what" aria-label=${text('comment_by', { name })}>
        <p class="who">
          <bdi>${personLink(comment.author, setting.person)}</bdi>
          ${badges(comment)}
          <time class="small muted" datetime=${comment.at}>${formatMoment(comment.at, language())}</time>
        </p>
        ${answered(comment)}
        ${commentBody(comment)}
        ${why(comment)}
        <p class="small muted">
          ${phrase('comment_on', { page: html`<a href=${setting.ofPage(comment.page.url)}>${comment.page.title ?? pagePath(comment.page.url)}</a>` })}
          · <a href=${`${comment.page.url}#grapevine-comment-${comment.id}`} target="_blank" rel="noopener">${text('comment_open')}</a>
        </p>
        ${trustLine(comment.author, setting.person)}
      </article>
      <div class="acts">
        ${actsOn(comment).map(
          (
            act,
          ) => html`<button class="button ${act}" type="button" ?disabled=${saying !== undefined} @click=${() => setting.decide(act)}>
            ${text(`comment_do_${act}`)}
          </button>`,
        )}
        <button class="button quiet" type="button" aria-haspopup="dialog" @click=${setting.ban}>${text('comment_do_ban')}</button>
        <button class="button quiet" type="button" aria-haspopup="dialog" @click=${setting.context}>${text('comment_context')}</button>
      </div>
    </li>
  `
}

/** A text of more characters or lines than this may have to be scrolled, on a phone. */
const LONG = { characters: 200, lines: 8 }

/** What was written, as it was written; what is long can be scrolled by keys. */
export function commentBody({ body }: Pick<ModeratedComment, 'body'>): TemplateResult {
  const long = body.length > LONG.characters || body.split('\n').length > LONG.lines
  return html`<p class="body" dir="auto" tabindex=${long ? 0 : nothing}>${body}</p>`
}

/** What stands beside a name: the comment's state, the author's role, a ban. */
export function badges({ state, shadow, author, pinned }: ModeratedComment): TemplateResult {
  const role =
    author.role === 'member'
      ? author.member
        ? nothing
        : text('member_guest')
      : text(`role_${author.role as 'owner'}`)
  return html`
    <span class="badge ${state}">${text(`comment_${state}`)}</span>
    ${role === nothing ? nothing : html`<span class="badge">${role}</span>`}
    ${shadow ? html`<span class="badge">${text('comment_shadow')}</span>` : nothing}
    ${pinned ? html`<span class="badge">${text('comment_pinned')}</span>` : nothing}
    ${author.banned ? html`<span class="badge refused">${text(`banned_${author.banned}`)}</span>` : nothing}
  `
}

const answered = ({ parent }: ModeratedComment) =>
  parent
    ? html`<p class="answered small muted" dir="auto">
        ${phrase('comment_answers', { name: html`<bdi>${parent.name ?? text('somebody')}</bdi>` })} <q>${parent.body}</q>
      </p>`
    : nothing

/** Why it waits, and what readers said of it. */
function why({ reasons, reports }: ModeratedComment) {
  if (reasons.length === 0 && reports.length === 0) return nothing
  return html`
    <ul class="reasons warning" aria-label=${text('comment_why')}>
      ${reasons.map(
        ({ reason, detail }) =>
          html`<li>${text(`screen_${reason}`)}${detail && !reason.endsWith('duplicate') ? html` <span class="muted" dir="auto">${detail}</span>` : nothing}</li>`,
      )}
      ${reports.map(
        ({ reason, note, person }) => html`<li>
          ${phrase('comment_reported', { name: html`<bdi>${guest(person)}</bdi>`, reason: text(`report_${reason as 'spam'}`) })}
          ${note ? html`<q dir="auto">${note}</q>` : nothing}
        </li>`,
      )}
    </ul>
  `
}
