import { html, nothing, type TemplateResult } from 'lit'
import { MAIL_LENGTH } from '../../server/contract/comment-limits.ts'
import { NAME_LENGTH } from '../../server/contract/models.ts'
import type { SignedIn } from '../../server/contract/sign-in.ts'
import type { Texts } from '../core/i18n.ts'
import { RequestFailure, writeOwn } from '../core/request-own.ts'
import { formerGuest, settleGuest, takeSession } from '../core/signing-in.ts'
import type { CommentsPeopleKey } from '../locales/comments-people.en.ts'
import { loadPeopleTexts } from './account-texts.ts'
import { reasonFor } from './composer-reason.ts'
import type { CommentsHost } from './host.ts'
import { peopleStyles } from './sign-in.styles.ts'
import { guestQuestion } from './sign-in-guest.ts'
import { addressOf, answerOf, newSecret, openPopUp, PopUpFailure, type Secret } from './sign-in-popup.ts'

/** Another code can be sent after this long, in milliseconds. */
const RESEND_MS = 30_000
const DIGITS = 6

const FAULTS: Record<string, CommentsPeopleKey> = {
  blocked: 'blocked',
  closed: 'closed',
  denied: 'denied',
  provider: 'provider',
}

/** Opens the dialog in which somebody signs in; resolves when it stands. */
export async function openSignIn(host: CommentsHost): Promise<void> {
  const [texts, secret] = await Promise.all([loadPeopleTexts(), newSecret()])
  host.dress(peopleStyles)
  await new SignIn(host, texts, secret).ways()
}

/** Signing in: by a code that is typed where one is, by an account elsewhere or a passkey in a window. */
class SignIn {
  #host: CommentsHost
  #texts: Texts<CommentsPeopleKey>
  #secret: Secret
  #mail = ''
  #refused = ''
  #said = ''
  #busy = false
  #waits = false
  #popUp: Window | undefined

  constructor(host: CommentsHost, texts: Texts<CommentsPeopleKey>, secret: Secret) {
    this.#host = host
    this.#texts = texts
    this.#secret = secret
  }

  /** The first step: by which way. */
  ways(): Promise<void> {
    this.#refused = ''
    return this.#host.open(() => ({ title: this.#texts.t('signIn'), body: this.#ways() }))
  }

  #ways(): TemplateResult {
    const { t } = this.#texts
    const ways = this.#host.thread?.ways
    const { mail, passkeys, providers = [] } = ways ?? {}
    const inWindow = passkeys || providers.length > 0
    if (!mail && !inWindow) return html`<p>${t(ways?.sso ? 'bySite' : 'noWay')}</p>`
    return html`<div class="people-form">
      ${
        mail
          ? html`<form novalidate @submit=${this.#sendCode}>
            <label for="sign-in-mail">${t('mail')}</label>
            <input
              class="field"
              id="sign-in-mail"
              name="mail"
              type="email"
              autocomplete="email"
              autocapitalize="none"
              spellcheck="false"
              autofocus
              maxlength=${MAIL_LENGTH}
              aria-describedby="sign-in-hint sign-in-refusal"
              aria-invalid=${this.#refused !== ''}
              .defaultValue=${this.#mail}
            />
            <p class="hints" id="sign-in-hint">${t('mailHint')}</p>
            ${this.#lead('sendCode')}
          </form>`
          : nothing
      }
      ${this.#refusal()}
      ${mail && inWindow ? html`<p class="or"><span>${t('or')}</span></p>` : nothing}
      ${providers.map(({ id, name }) => this.#window(t('by', { name }), `oauth/${encodeURIComponent(id)}`))}
      ${passkeys ? this.#window(t('passkey'), 'passkey') : nothing}
    </div>`
  }

  #window = (words: string, way: string) =>
    html`<button type="button" class="plain wide" part="button" @click=${() => this.#inWindow(way)}>${words}</button>`

  #lead = (key: CommentsPeopleKey) =>
    html`<button type="submit" class="lead wide" part="button lead" aria-disabled=${this.#busy}>${this.#texts.t(key)}</button>`

  #refusal = () => html`<p class="refusal" id="sign-in-refusal" role="alert">${this.#refused}</p>
    <p class="hints" role="status">${this.#said}</p>`

  #code(): TemplateResult {
    const { t } = this.#texts
    return html`<form class="people-form" novalidate @submit=${this.#enterCode}>
      <label for="sign-in-code">${this.#withMail()}</label>
      <input
        class="field code-field"
        id="sign-in-code"
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        autofocus
        dir="ltr"
        aria-describedby="sign-in-refusal"
        aria-invalid=${this.#refused !== ''}
        @input=${this.#digits}
      />
      ${this.#refusal()} ${this.#lead('enter')}
      <p class="ways">
        <button type="button" class="link" ?disabled=${this.#waits} @click=${this.#resend}>${t('resend')}</button>
        <button type="button" class="link" @click=${() => this.ways()}>${t('otherMail')}</button>
      </p>
    </form>`
  }

  #withMail() {
    const [before, after] = this.#texts.t('codeHint', { mail: '\0' }).split('\0')
    return html`${before}<bdi class="given">${this.#mail}</bdi>${after}`
  }

  #sendCode = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    this.#mail = String(new FormData(event.target as HTMLFormElement).get('mail') ?? '').trim()
    if (!(await this.#ask())) return this.#focus('#sign-in-mail')
    await this.#host.open(() => ({ title: this.#texts.t('codeTitle'), body: this.#code() }))
  }

  /** Has a code sent; answers whether one is on its way. */
  async #ask(): Promise<boolean> {
    const done = await this.#try(async () => {
      const route = `POST /v1/sign-in/mail?lang=${this.#texts.lang}` as 'POST /v1/sign-in/mail'
      await writeOwn(route, { mail: this.#mail })
      this.#waits = true
      setTimeout(() => {
        this.#waits = false
        this.#host.requestUpdate()
      }, RESEND_MS)
      return true
    })
    return done ?? false
  }

  #resend = async (): Promise<void> => {
    if (!(await this.#ask())) return
    this.#said = this.#texts.t('resent')
    this.#host.requestUpdate()
    this.#focus('#sign-in-code')
  }

  /** A code may be pasted as it is written in the mail; once it is whole it is sent. */
  #digits = ({ target }: Event): void => {
    const field = target as HTMLInputElement
    const digits = field.value.replace(/\D/g, '').slice(0, DIGITS)
    if (field.value !== digits) field.value = digits
    if (digits.length === DIGITS) field.form?.requestSubmit()
  }

  #enterCode = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const code = String(new FormData(form).get('code') ?? '')
    if (code.length !== DIGITS) return this.#refuse(this.#texts.t('sixDigits'), '#sign-in-code')
    const session = await this.#try(() => writeOwn('POST /v1/sign-in/mail/code', { mail: this.#mail, code }))
    if (session) return this.#enter(session)
    const field = form.elements.namedItem('code') as HTMLInputElement
    field.value = ''
    field.focus()
  }

  /** Opens the window within the click, then waits for what it says. */
  async #inWindow(way: string): Promise<void> {
    const secret = this.#secret
    this.#popUp?.close()
    const session = await this.#try(async () => {
      this.#popUp = openPopUp(addressOf(way, secret, this.#texts.lang))
      this.#said = this.#texts.t('popUp')
      const said = await answerOf(this.#popUp)
      if (said.type !== 'grapevine-ticket') return undefined
      const { ticket } = said
      return writeOwn('POST /v1/sign-in/ticket', { ticket, verifier: secret.verifier })
    })
    // A secret is good for one window.
    this.#secret = await newSecret()
    if (session) await this.#enter(session)
  }

  /** Signed in: asks for what is still to be known, then closes. */
  async #enter(session: SignedIn): Promise<void> {
    this.#refused = ''
    this.#said = ''
    const me = takeSession(session)
    if (formerGuest()) {
      await guestQuestion(this.#host, this.#texts, async (theirs) => {
        const merged = await settleGuest(theirs)
        if (merged) await this.#host.reload()
        await this.#welcome(merged?.name ?? me.name)
      })
      return
    }
    await this.#welcome(me.name)
  }

  async #welcome(name: string | null): Promise<void> {
    const { t } = this.#texts
    if (name === null) return this.#host.open(() => ({ title: t('callYou'), body: this.#naming() }))
    const { renderRoot } = this.#host
    // What was pressed to sign in goes with the guest: the focus goes to the account that came in its place.
    await this.#host.reloadMine()
    this.#host.requestUpdate()
    await this.#host.updateComplete
    this.#host.close()
    if (!(renderRoot as ShadowRoot).activeElement) renderRoot.querySelector<HTMLElement>('.me')?.focus()
    this.#host.say(t('signedInAs', { name }), true)
  }

  #naming(): TemplateResult {
    const { t } = this.#texts
    return html`<form class="people-form" novalidate @submit=${this.#name}>
      <label for="sign-in-name">${t('name')}</label>
      <input
        class="field"
        id="sign-in-name"
        name="name"
        autocomplete="nickname"
        autofocus
        dir="auto"
        maxlength=${NAME_LENGTH}
        aria-describedby="sign-in-name-hint sign-in-refusal"
        aria-invalid=${this.#refused !== ''}
      />
      <p class="hints" id="sign-in-name-hint">${t('nameHint')}</p>
      ${this.#refusal()} ${this.#lead('save')}
      <button type="button" class="plain wide" part="button" @click=${() => this.#host.close()}>${t('later')}</button>
    </form>`
  }

  #name = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const name = String(new FormData(event.target as HTMLFormElement).get('name') ?? '').trim()
    const me = await this.#try(() => writeOwn('PATCH /v1/me', { name }))
    if (!me) return this.#focus('#sign-in-name')
    await this.#welcome(me.name ?? name)
  }

  /** Does one thing at a time; says why where it does not work. */
  async #try<T>(act: () => Promise<T>): Promise<T | undefined> {
    if (this.#busy) return undefined
    this.#busy = true
    this.#refused = ''
    this.#said = ''
    const acting = act()
    this.#host.requestUpdate()
    try {
      return await acting
    } catch (error) {
      this.#said = ''
      this.#refused = this.#reason(error)
      this.#host.fail(error)
      return undefined
    } finally {
      this.#busy = false
      this.#host.requestUpdate()
    }
  }

  #refuse(words: string, at: string): void {
    this.#refused = words
    this.#host.requestUpdate()
    this.#focus(at)
  }

  #focus(at: string): void {
    void this.#host.updateComplete.then(() => this.#host.renderRoot.querySelector<HTMLElement>(at)?.focus())
  }

  #reason(error: unknown): string {
    const { t } = this.#texts
    if (error instanceof PopUpFailure) return t(FAULTS[error.fault] ?? 'failed')
    if (!(error instanceof RequestFailure)) return t('failed')
    if (error.field === 'mail' && error.code === 'invalid') return t('notMail')
    if (error.field === 'code') return this.#wrong(error)
    if (error.field === 'ticket') return t('failed')
    return reasonFor(error, this.#texts)
  }

  #wrong({ code, message }: RequestFailure): string {
    const { t } = this.#texts
    if (code !== 'invalid') return t('newCode')
    const [count] = message.match(/\d+/) ?? []
    return count ? t('triesLeft', { count: Number(count) }) : t('wrongCode')
  }
}
