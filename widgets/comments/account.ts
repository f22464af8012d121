import { html, nothing, type TemplateResult } from 'lit'
import { MAIL_LENGTH } from '../../server/contract/comment-limits.ts'
import { NAME_LENGTH } from '../../server/contract/models.ts'
import type { Me } from '../../server/contract/people.ts'
import type { Texts } from '../core/i18n.ts'
import { readOwn, writeOwn } from '../core/request-own.ts'
import { formerGuest, settleGuest, signOut } from '../core/signing-in.ts'
import type { CommentsPeopleKey } from '../locales/comments-people.en.ts'
import { AccountFace } from './account-face.ts'
import { AccountPasskeys } from './account-passkeys.ts'
import { loadPeopleTexts } from './account-texts.ts'
import { reasonFor } from './composer-reason.ts'
import type { CommentsHost } from './host.ts'
import { peopleStyles } from './sign-in.styles.ts'
import { guestQuestion } from './sign-in-guest.ts'

/** How long it is said that something was saved, in milliseconds. */
const SAID_MS = 2_500

/** Opens what is one's own: the name, the picture, where to hear of replies, the ways in. */
export async function openAccount(host: CommentsHost): Promise<void> {
  const [texts, me] = await Promise.all([loadPeopleTexts(), readOwn('/v1/me')])
  host.dress(peopleStyles)
  if (me.member && formerGuest()) {
    await guestQuestion(host, texts, async (theirs) => {
      const merged = await settleGuest(theirs)
      await new Account(host, texts, merged ?? me).open()
      if (merged) await host.reload()
    })
    return
  }
  await new Account(host, texts, me).open()
}

/** One's own account on this site. */
export class Account {
  me: Me
  readonly host: CommentsHost
  readonly texts: Texts<CommentsPeopleKey>
  #face: AccountFace
  #passkeys: AccountPasskeys
  #busy = false
  /** The field that was saved a moment ago, or was refused, and why. */
  #saved = ''
  #refused = { field: '', reason: '' }

  constructor(host: CommentsHost, texts: Texts<CommentsPeopleKey>, me: Me) {
    this.host = host
    this.texts = texts
    this.me = me
    this.#face = new AccountFace(this)
    this.#passkeys = new AccountPasskeys(this)
  }

  async open(): Promise<void> {
    if (this.me.member) void this.#passkeys.load()
    await this.host.open(() => ({ title: this.texts.t('account'), body: this.#body() }))
  }

  #body(): TemplateResult {
    const { t } = this.texts
    const { me } = this
    const ways = this.host.thread?.ways
    return html`<div class="people-form" @paste=${this.#face.paste}>
      ${this.#line('name', t('name'), t('nameHint'), me.name ?? '', 'nickname', NAME_LENGTH)}
      ${me.member ? this.#face.render() : nothing}
      ${this.#line('mail', t('replyMail'), this.#mailState(), me.mail?.address ?? '', 'email', MAIL_LENGTH)}
      ${
        me.member
          ? html`<section aria-labelledby="ways-in">
                <h3 id="ways-in">${t('waysIn')}</h3>
                <p class="quiet">${me.signsInBy.map((way) => this.#way(way)).join(' · ')}</p>
                ${ways?.passkeys ? this.#passkeys.render() : nothing}
              </section>
              <section class="ends">
                <button type="button" class="plain wide" part="button" @click=${() => this.#leave(false)}>${t('signOut')}</button>
                <button type="button" class="link" @click=${() => this.#leave(true)}>${t('signOutEverywhere')}</button>
              </section>`
          : html`<section>
              <p class="quiet">${t('youAreGuest')}</p>
              <button type="button" class="lead wide" part="button lead" @click=${this.#signIn}>${t('signIn')}</button>
            </section>`
      }
    </div>`
  }

  #mailState(): string {
    const { t } = this.texts
    const { mail } = this.me
    if (!mail) return t('replyMailHint')
    return t(mail.confirmed ? 'confirmed' : 'unconfirmed')
  }

  #line(
    field: 'name' | 'mail',
    label: string,
    hint: string,
    value: string,
    autocomplete: string,
    most: number,
  ) {
    const { t } = this.texts
    const refused = this.#refused.field === field ? this.#refused.reason : ''
    return html`<form novalidate @submit=${(event: SubmitEvent) => this.#save(event, field)}>
      <label for="account-${field}">${label}</label>
      <div class="with">
        <input
          class="field"
          id="account-${field}"
          name=${field}
          type=${field === 'mail' ? 'email' : 'text'}
          autocomplete=${autocomplete}
          autocapitalize=${field === 'mail' ? 'none' : 'words'}
          dir="auto"
          maxlength=${most}
          aria-describedby="account-${field}-hint"
          aria-invalid=${refused !== ''}
          .defaultValue=${value}
        />
        <button type="submit" class="plain" part="button" aria-disabled=${this.#busy}>${t(this.#saved === field ? 'saved' : 'save')}</button>
      </div>
      <p class=${refused ? 'refusal' : 'hints'} id="account-${field}-hint">${refused || hint}</p>
    </form>`
  }

  #way(way: string): string {
    const { t } = this.texts
    const known = { mail: 'byMail', passkey: 'byPasskey', sso: 'bySso' } as const
    if (way in known) return t(known[way as keyof typeof known])
    return this.host.thread?.ways.providers.find(({ id }) => id === way)?.name ?? way
  }

  async #save(event: SubmitEvent, field: 'name' | 'mail'): Promise<void> {
    event.preventDefault()
    const value = String(new FormData(event.target as HTMLFormElement).get(field) ?? '').trim()
    await this.act(async () => {
      this.me = await writeOwn('PATCH /v1/me', { [field]: value || null })
      this.#saved = field
      setTimeout(() => {
        this.#saved = ''
        this.host.requestUpdate()
      }, SAID_MS)
      this.host.say(this.texts.t('saved'))
      if (field === 'name') await this.host.reloadMine()
    }, field)
  }

  /** Does one thing at a time; says why where it does not work. */
  async act(what: () => Promise<unknown>, field = ''): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    this.#refused = { field: '', reason: '' }
    this.host.requestUpdate()
    try {
      await what()
    } catch (error) {
      const reason = reasonFor(error, this.texts)
      this.#refused = { field, reason }
      this.host.say(`${this.texts.t('notSaved')} ${reason}`, !field)
      this.host.fail(error)
    }
    this.#busy = false
    this.host.requestUpdate()
  }

  #leave = (everywhere: boolean): Promise<void> =>
    this.act(async () => {
      await signOut(everywhere)
      this.host.close()
      this.host.say(this.texts.t('signedOut'), true)
    })

  #signIn = (): void => {
    void import('./sign-in.ts').then(({ openSignIn }) => openSignIn(this.host)).catch(this.host.fail)
  }
}
