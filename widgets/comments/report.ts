import { html, nothing } from 'lit'
import { NOTE_LENGTH, REPORT_REASONS, type ReportReason } from '../../server/contract/comment-limits.ts'
import type { Comment } from '../../server/contract/comments.ts'
import { writeOwn } from '../core/request-own.ts'
import { reasonFor } from './composer-reason.ts'
import type { CommentsHost } from './host.ts'
import { loadModerationTexts } from './moderate-texts.ts'
import { peopleStyles } from './sign-in.styles.ts'

/** Opens the dialog in which somebody reports a comment. */
export async function openReport(host: CommentsHost, comment: Comment): Promise<void> {
  const texts = await loadModerationTexts()
  const { t } = texts
  host.dress(peopleStyles)
  let chosen: ReportReason = 'spam'
  let busy = false
  let refused = ''
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    const note = String(new FormData(event.target as HTMLFormElement).get('note') ?? '').trim()
    if (busy) return
    busy = true
    host.requestUpdate()
    try {
      await writeOwn(`POST /v1/comments/${comment.id}/reports`, { reason: chosen, note })
      host.close()
      host.say(t('reported'), true)
    } catch (error) {
      refused = reasonFor(error, texts)
      host.fail(error)
    }
    busy = false
    host.requestUpdate()
  }
  const choose = ({ target }: Event) => {
    chosen = (target as HTMLInputElement).value as ReportReason
    host.requestUpdate()
  }
  const notice = () => import('./notice.ts').then(({ openNotice }) => openNotice(host, comment), host.fail)
  await host.open(() => ({
    title: t('reportOf', { name: comment.author?.name ?? '' }),
    body: html`<form class="people-form" novalidate @submit=${send}>
      <fieldset>
        <legend>${t('why')}</legend>
        ${REPORT_REASONS.map(
          (reason) => html`<label class="check">
            <input type="radio" name="reason" value=${reason} ?autofocus=${reason === 'spam'} .checked=${reason === chosen} @change=${choose} />
            <span>${t(reason)}</span>
          </label>`,
        )}
      </fieldset>
      ${
        chosen === 'illegal'
          ? html`<p class="note">${t('illegalHint')}
              <button type="button" class="link" @click=${notice}>${t('toNotice')}</button></p>`
          : nothing
      }
      <label for="report-note">${t('note')}</label>
      <textarea class="field" id="report-note" name="note" rows="2" dir="auto" maxlength=${NOTE_LENGTH}></textarea>
      <p class="refusal" role="alert">${refused}</p>
      <button type="submit" class="lead wide" part="button lead" aria-disabled=${busy}>${t('sendReport')}</button>
    </form>`,
  }))
}
