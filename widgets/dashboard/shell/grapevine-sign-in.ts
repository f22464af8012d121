import { css, html, nothing, type PropertyDeclarations } from 'lit'
import type { Site } from '../../../server/contract/sites.ts'
import type { DashboardText } from '../../locales/dashboard.en.ts'
import { RequestError, signIn } from '../api.ts'
import { base } from '../parts/base.styles.ts'
import { text } from '../texts.ts'
import { Localized } from '../view.ts'
import { vine } from './icons.ts'

/** Told when the owner has signed in. */
export class SignedInEvent extends Event {
  static readonly type = 'grapevine-owner-signed-in'
  readonly site: Site

  constructor(site: Site) {
    super(SignedInEvent.type, { bubbles: true, composed: true })
    this.site = site
  }
}

/** How to sign in: by a fresh one-time link, or with a secret key. */
export class GrapevineSignIn extends Localized {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100dvh;
        padding: 20px;
        background: var(--ground);
      }
      .panel {
        display: grid;
        gap: 14px;
        width: min(440px, 100%);
        padding: 28px;
      }
      h1 {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      h1 svg {
        color: var(--accent);
      }
      form {
        display: grid;
        gap: 8px;
        padding-top: 14px;
        border-top: 1px solid var(--line);
      }
      .notice {
        padding: 10px 12px;
        border-radius: var(--radius-small);
        background: var(--warn-wash);
      }
      .button {
        justify-content: center;
      }
    `,
  ]
  static override properties: PropertyDeclarations = { notice: {}, busy: { state: true } }

  /** Why one has to sign in (again), as a key of the catalogue. */
  declare notice: DashboardText | undefined
  declare busy: boolean

  constructor() {
    super()
    this.busy = false
  }

  override render() {
    return html`
      <main class="panel">
        <h1>${vine()} ${text('sign_in')}</h1>
        ${this.notice ? html`<p class="notice" role="alert">${text(this.notice)}</p>` : nothing}
        <p>${text('sign_in_hint')}</p>
        <grapevine-copy .lines=${'npm run grapevine -- dashboard'}></grapevine-copy>
        <form @submit=${this.#submit}>
          <h2>${text('sign_in_or')}</h2>
          <label for="key">${text('sign_in_key')}</label>
          <input
            id="key"
            class="field"
            type="password"
            autocomplete="off"
            spellcheck="false"
            required
            aria-describedby="hint"
          />
          <p id="hint" class="small muted">${text('sign_in_key_hint')}</p>
          <button class="button main" ?disabled=${this.busy}>${text(this.busy ? 'signing_in' : 'sign_in')}</button>
        </form>
      </main>
    `
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const field = this.renderRoot.querySelector<HTMLInputElement>('#key')
    const key = field?.value.trim()
    if (!field || !key) return
    this.busy = true
    this.notice = undefined
    try {
      const site = await signIn({ key })
      field.value = ''
      this.dispatchEvent(new SignedInEvent(site))
    } catch (error) {
      this.notice = refusal(error, 'sign_in_key_wrong')
      field.focus()
    }
    this.busy = false
  }
}

/** What to tell of a failed sign-in: `wrong` where the server refused it, else that the server did not answer. */
export function refusal(error: unknown, wrong: DashboardText): DashboardText {
  const status = error instanceof RequestError ? error.status : 0
  return status >= 400 && status < 500 && status !== 429 ? wrong : 'sign_in_failed'
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-sign-in': GrapevineSignIn
  }
  interface HTMLElementEventMap {
    'grapevine-owner-signed-in': SignedInEvent
  }
}
