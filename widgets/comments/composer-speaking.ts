import { html, nothing } from 'lit'
import { MAIL_LENGTH } from '../../server/contract/comment-limits.ts'
import { NAME_LENGTH } from '../../server/contract/models.ts'
import type { Texts } from '../core/i18n.ts'
import { knownToken } from '../core/request-own.ts'
import type { CommentsMoreKey } from '../locales/comments-more.en.ts'
import type { DraftKeeper } from './drafts.ts'
import type { CommentsHost } from './host.ts'

/** A composer, as the lines know it in which somebody says who they are. */
interface Asking {
  readonly id: string
  readonly refused: string | undefined
  signIn(): Promise<void>
}

/** Who speaks: a guest by a name, perhaps with an address for replies, or whoever they are known as. */
export class Speaking {
  #composer: Asking
  #host: CommentsHost
  #texts: Texts<CommentsMoreKey>
  #drafts: DraftKeeper
  #speaker: string | undefined
  #naming = false
  #telling: boolean

  constructor(composer: Asking, host: CommentsHost, texts: Texts<CommentsMoreKey>, drafts: DraftKeeper) {
    this.#composer = composer
    this.#host = host
    this.#texts = texts
    this.#drafts = drafts
    this.#speaker = host.mine?.person?.id
    this.#telling = drafts.draft.mail !== ''
  }

  /** Whether somebody has signed in or out since it was asked last: nothing is asked of whoever was here before. */
  changed(): boolean {
    const before = this.#speaker
    this.#speaker = this.#host.mine?.person?.id
    if (before === this.#speaker) return false
    this.#naming = false
    return true
  }

  /** Whether nobody knows yet what a guest is to be called. */
  get nameless(): boolean {
    const { mine, thread } = this.#host
    const stranger = mine ? !mine.person : !knownToken()
    return stranger && thread?.ways.guests !== false && this.#drafts.draft.name.trim() === ''
  }

  /** Shows the line of what is to be mended. */
  ask(field: string | undefined): void {
    if (field === 'name') this.#naming = true
    if (field === 'mail') this.#telling = true
  }

  /** It was sent. */
  done(): void {
    this.#naming = false
    this.#telling = false
  }

  render() {
    const { t } = this.#texts
    const { mine, thread } = this.#host
    if (mine?.member) return this.#naming ? html`<div class="who">${this.#name()}</div>` : nothing
    const { ways } = thread ?? {}
    if (ways && !ways.guests) return html`<p class="note">${t('signInNeeded')}</p>`
    const known = this.#naming ? undefined : mine?.person?.name
    const canSignIn = ways && (ways.mail || ways.passkeys || ways.providers.length > 0)
    const signIn = canSignIn
      ? html`<button type="button" class="link" @click=${this.#composer.signIn}>${t('orSignIn')}</button>`
      : nothing
    return html`
      ${
        known === undefined
          ? html`<div class="who">${this.#name()} ${signIn}</div>`
          : html`<p class="who">
              <bdi>${t('as', { name: known })}</bdi>
              <button type="button" class="link" @click=${this.#rename}>${t('changeName')}</button>
              ${signIn}
            </p>`
      }
      <label class="check">
        <input type="checkbox" .checked=${this.#telling} @change=${this.#tell} />
        <span>${t('tellMe')}</span>
      </label>
      ${this.#telling ? html`<div class="who">${this.#mail()}</div><p class="hints" id="${this.#composer.id}-mail-hint">${t('mailHint')}</p>` : nothing}
    `
  }

  #name = () => this.#line('name', 'text', 'nickname', 'words', NAME_LENGTH)

  #mail = () => this.#line('mail', 'email', 'email', 'none', MAIL_LENGTH)

  #line(field: 'name' | 'mail', type: string, autocomplete: string, capitals: string, most: number) {
    const { id: composer, refused } = this.#composer
    const id = `${composer}-${field}`
    return html`<label class="line" for=${id}
      ><span>${this.#texts.t(field)}</span
      ><input
        class="field"
        part="field"
        id=${id}
        type=${type}
        autocomplete=${autocomplete}
        autocapitalize=${capitals}
        maxlength=${most}
        dir="auto"
        aria-describedby="${id}-hint ${composer}-refusal"
        aria-invalid=${refused === field}
        .defaultValue=${this.#drafts.draft[field]}
        @input=${({ target }: Event) => this.#drafts.change({ [field]: (target as HTMLInputElement).value })}
    /></label>`
  }

  #rename = (): void => {
    this.#naming = true
    this.#drafts.change({ name: this.#host.mine?.person?.name ?? '' })
    this.#host.requestUpdate()
  }

  #tell = ({ target }: Event): void => {
    this.#telling = (target as HTMLInputElement).checked
    if (!this.#telling) this.#drafts.change({ mail: '' })
    this.#host.requestUpdate()
  }
}
