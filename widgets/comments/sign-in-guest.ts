import { html } from 'lit'
import type { Texts } from '../core/i18n.ts'
import { formerGuest } from '../core/signing-in.ts'
import type { CommentsPeopleKey } from '../locales/comments-people.en.ts'
import type { CommentsHost } from './host.ts'

/** Asks whoever has signed in whether the guest that this browser was is theirs; nothing happens unless they say so. */
export async function guestQuestion(
  host: CommentsHost,
  texts: Texts<CommentsPeopleKey>,
  answer: (theirs: boolean) => Promise<unknown>,
): Promise<void> {
  const { t } = texts
  const guest = formerGuest()
  if (!guest) return
  const { name, comments, shares } = guest
  let busy = false
  let refused = ''
  const say = async (theirs: boolean) => {
    if (busy) return
    busy = true
    host.requestUpdate()
    try {
      await answer(theirs)
    } catch (error) {
      refused = t('notSaved')
      host.fail(error)
    }
    busy = false
    host.requestUpdate()
  }
  const button = (kind: string, key: CommentsPeopleKey, theirs: boolean) =>
    html`<button type="button" class="${kind} wide" part="button" aria-disabled=${busy} @click=${() => say(theirs)}>${t(key)}</button>`
  const [before, after] = t('wrote', { count: comments, name: '\0' }).split('\0')
  await host.open(() => ({
    title: t('wereYou'),
    body: html`<div class="people-form">
      ${comments ? html`<p>${before}<bdi class="given">${name ?? t('guest')}</bdi>${after}</p>` : ''}
      ${shares ? html`<p>${t('passedOn', { count: shares })}</p>` : ''}
      <p class="quiet">${t('makeYours')}</p>
      <p class="refusal" role="alert">${refused}</p>
      ${button('lead', 'mine', true)} ${button('plain', 'leave', false)}
    </div>`,
  }))
}
