import { html, nothing } from 'lit'
import type { Sort } from '../../server/contract/comment-limits.ts'
import type { Thread } from '../../server/contract/comments.ts'
import { recallList } from '../core/storage.ts'
import { avatar } from './avatar.ts'
import type { CommentsHost, Writing } from './host.ts'

const SORTS: readonly Sort[] = ['best', 'newest', 'oldest']

/** What was begun on a page and not sent: its composer (drafts.ts) keeps it. */
export const begunOn = ({ page, pageId }: CommentsHost): string =>
  (recallList(`draft:${pageId || page} `) as { body?: string }).body ?? ''

/**
 * The field that stands where one writes until the composer is loaded, which is when somebody comes to it. `begun` is
 * what was written there before.
 */
export function plainField(host: CommentsHost, begun = '') {
  const words = host.texts.t('write')
  return html`<textarea
    class="field"
    part="field"
    rows="3"
    placeholder=${words}
    aria-label=${words}
    .defaultValue=${begun}
    @focus=${({ target }: Event) => (target as Element).closest('.page') && host.write({}).catch(host.fail)}
  ></textarea>`
}

/** Where one writes, or why nobody can; where nobody has spoken yet, an invitation to. */
export function placeToWrite(host: CommentsHost, { state, count }: Thread, composer: Writing | undefined) {
  const { t } = host.texts
  const open = state === 'open'
  const empty = count === 0 && host.comments.byId.size === 0
  return html`
    ${
      open
        ? html`<div class="page writing">${composer?.render() ?? plainField(host, begunOn(host))}</div>`
        : html`<p class="note">${t(state)}</p>`
    }
    ${
      empty
        ? html`<div class="empty">
          <p>${t('empty')}</p>
          ${open ? html`<p class="quiet">${t('emptyMore')}</p>` : nothing}
        </div>`
        : nothing
    }
  `
}

/** That the comments could not be had, and trying again. */
export function sorry({ texts: { t } }: CommentsHost, retry: () => void) {
  return html`<p class="sorry" role="alert">${t(navigator.onLine ? 'failed' : 'offline')}</p>
    <button class="lead" part="button lead" type="button" @click=${retry}>${t('retry')}</button>`
}

/** The button of whoever is here: their account, or signing in where there is a way to. */
export function accountButton(host: CommentsHost) {
  const { texts, thread, mine } = host
  const { t } = texts
  if (!thread) return nothing
  if (mine?.person) {
    const { name } = mine.person
    const open = () => import('./account.ts').then((account) => account.openAccount(host)).catch(host.fail)
    return html`<button type="button" class="plain me" part="button" @click=${open}>
      ${avatar(mine.person)}<span class="unseen">${t('account')}: </span><bdi>${name}</bdi>
    </button>`
  }
  const { mail, passkeys, providers } = thread.ways
  if (!mail && !passkeys && providers.length === 0) return nothing
  const open = () => import('./sign-in.ts').then((signIn) => signIn.openSignIn(host)).catch(host.fail)
  return html`<button type="button" class="plain" part="button" @click=${open}>${t('signIn')}</button>`
}

/** The choice of an order, where there is something to order. */
export const sortMenu = (
  { texts: { t }, thread }: CommentsHost,
  sort: string,
  choose: (sort: string) => void,
) =>
  thread && thread.count > 1
    ? html`<select
        class="sort"
        part="button"
        aria-label=${t('sort')}
        @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}
      >
        ${SORTS.map((each) => html`<option value=${each} ?selected=${each === sort}>${t(each)}</option>`)}
      </select>`
    : nothing

/** Shapes of comments that are on their way. */
export const skeleton = html`<div class="ghosts" aria-hidden="true">${[1, 2, 3].map(() => html`<div></div>`)}</div>`
