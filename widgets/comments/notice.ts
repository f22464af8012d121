import { html, type TemplateResult } from 'lit'
import { MAIL_LENGTH } from '../../server/contract/comment-limits.ts'
import type { Comment } from '../../server/contract/comments.ts'
import type { NewNotice, NoticeReceipt } from '../../server/contract/moderation.ts'
import {
  EXPLANATION_LENGTH,
  NOTICE_REASONS,
  type NoticeReason,
} from '../../server/contract/moderation-models.ts'
import type { Texts } from '../core/i18n.ts'
import { RequestFailure, writeOwn } from '../core/request-own.ts'
import type { CommentsModerationKey } from '../locales/comments-moderation.en.ts'
import { copyText } from '../ui/copy.ts'
import { reasonFor } from './composer-reason.ts'
import type { CommentsHost } from './host.ts'
import { loadModerationTexts } from './moderate-texts.ts'
import { linkOf } from './permalink.ts'
import { peopleStyles } from './sign-in.styles.ts'

/** Longest name of whoever gives notice, in characters. */
const NAME_LENGTH = 200

type Field = 'explanation' | 'name' | 'mail' | 'goodFaith'
const FIELDS: readonly Field[] = ['explanation', 'name', 'mail', 'goodFaith']

/** Opens the notice of illegal content that Regulation (EU) 2022/2065, article 16, asks for. */
export async function openNotice(host: CommentsHost, comment: Comment): Promise<void> {
  const texts = await loadModerationTexts()
  host.dress(peopleStyles)
  await new NoticeForm(host, texts, comment).open()
}

class NoticeForm {
  #host: CommentsHost
  #texts: Texts<CommentsModerationKey>
  #comment: Comment
  #busy = false
  #refused: { field?: Field | undefined; reason: string } = { reason: '' }

  constructor(host: CommentsHost, texts: Texts<CommentsModerationKey>, comment: Comment) {
    this.#host = host
    this.#texts = texts
    this.#comment = comment
  }

  open = (): Promise<void> => this.#host.open(() => ({ title: this.#texts.t('notice'), body: this.#form() }))

  #form(): TemplateResult {
    const { t } = this.#texts
    const described = (field: Field) => `notice-${field}-refusal`
    const bad = (field: Field) => this.#refused.field === field
    return html`<form class="people-form" novalidate @submit=${this.#submit}>
      <p class="quiet">${t('noticeAbout')}</p>
      <label for="notice-kind">${t('kind')}</label>
      <select class="field" id="notice-kind" name="reason" autofocus>
        ${NOTICE_REASONS.map((reason) => html`<option value=${reason}>${t(reason)}</option>`)}
      </select>
      <label for="notice-explanation">${t('explanation')}</label>
      <textarea
        class="field"
        id="notice-explanation"
        name="explanation"
        rows="4"
        dir="auto"
        required
        maxlength=${EXPLANATION_LENGTH}
        aria-describedby="notice-explanation-hint ${described('explanation')}"
        aria-invalid=${bad('explanation')}
      ></textarea>
      <p class="hints" id="notice-explanation-hint">${t('explanationHint')}</p>
      ${this.#refusal('explanation')}
      <label for="notice-name">${t('yourName')}</label>
      <input class="field" id="notice-name" name="name" autocomplete="name" dir="auto" required maxlength=${NAME_LENGTH}
        aria-describedby=${described('name')} aria-invalid=${bad('name')} />
      ${this.#refusal('name')}
      <label for="notice-mail">${t('yourMail')}</label>
      <input class="field" id="notice-mail" name="mail" type="email" autocomplete="email" autocapitalize="none" required
        maxlength=${MAIL_LENGTH} aria-describedby="notice-mail-hint ${described('mail')}" aria-invalid=${bad('mail')} />
      <p class="hints" id="notice-mail-hint">${t('yourMailHint')}</p>
      ${this.#refusal('mail')}
      <label class="check">
        <input type="checkbox" id="notice-goodFaith" name="goodFaith" required
          aria-describedby=${described('goodFaith')} aria-invalid=${bad('goodFaith')} />
        <span>${t('goodFaith')}</span>
      </label>
      ${this.#refusal('goodFaith')}
      <p class="refusal" role="alert">${this.#refused.field ? '' : this.#refused.reason}</p>
      <button type="submit" class="lead wide" part="button lead" aria-disabled=${this.#busy}>${t('sendNotice')}</button>
    </form>`
  }

  #refusal = (field: Field) =>
    html`<p class="refusal" id="notice-${field}-refusal" role="alert">${this.#refused.field === field ? this.#refused.reason : ''}</p>`

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const said = new FormData(event.target as HTMLFormElement)
    const value = (name: string) => String(said.get(name) ?? '').trim()
    const { t } = this.#texts
    for (const field of FIELDS)
      if (!value(field)) return this.#refuse(field, t(field === 'goodFaith' ? 'goodFaithWanted' : 'missing'))
    if (this.#busy) return
    const notice: NewNotice = {
      comment: this.#comment.id,
      url: linkOf(this.#host.page, this.#comment.id),
      reason: value('reason') as NoticeReason,
      explanation: value('explanation'),
      name: value('name'),
      mail: value('mail'),
      goodFaith: true,
    }
    this.#busy = true
    this.#refused = { reason: '' }
    this.#host.requestUpdate()
    try {
      const receipt = await writeOwn('POST /v1/notices', notice)
      await this.#host.open(() => ({ title: t('received'), body: this.#receipt(receipt) }))
    } catch (error) {
      const at = error instanceof RequestFailure ? FIELDS.find((field) => field === error.field) : undefined
      this.#refuse(at, at === 'mail' ? t('notMail') : reasonFor(error, this.#texts))
      this.#host.fail(error)
    }
    this.#busy = false
    this.#host.requestUpdate()
  }

  #refuse(field: Field | undefined, reason: string): void {
    this.#refused = { field, reason }
    this.#host.requestUpdate()
    if (field)
      void this.#host.updateComplete.then(() =>
        this.#host.renderRoot.querySelector<HTMLElement>(`#notice-${field}`)?.focus(),
      )
  }

  #receipt({ code, contact }: NoticeReceipt): TemplateResult {
    const { t } = this.#texts
    const copy = async () => {
      if (await copyText(code, this.#host.renderRoot as ShadowRoot)) this.#host.say(t('copied'))
    }
    return html`<div class="people-form">
      <p>${t('receivedMore')}</p>
      <div class="with">
        <input class="field" readonly aria-label=${t('receipt')} .value=${code} @focus=${({ target }: Event) => (target as HTMLInputElement).select()} />
        <button type="button" class="plain" part="button" autofocus @click=${copy}>${t('copy')}</button>
      </div>
      ${contact ? html`<p class="quiet">${t('objectTo', { contact })}</p>` : ''}
      <button type="button" class="lead wide" part="button lead" @click=${() => this.#host.close()}>${t('done')}</button>
    </div>`
  }
}
