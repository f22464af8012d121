import { html, nothing } from 'lit'
import type { Passkeys } from '../../server/contract/sign-in.ts'
import { readOwn, writeOwn } from '../core/request-own.ts'
import type { Account } from './account.ts'
import { answerOf, openPopUp, PopUpFailure } from './sign-in-popup.ts'
import { timeText } from './times.ts'

/** A member's passkeys. They belong to the server's own origin, so one is added in a window of its. */
export class AccountPasskeys {
  #account: Account
  #keys: Passkeys['data'] = []

  constructor(account: Account) {
    this.#account = account
  }

  /** Reads which there are. */
  async load(): Promise<void> {
    const { host } = this.#account
    this.#keys = (await readOwn('/v1/me/passkeys').catch(host.fail))?.data ?? this.#keys
    host.requestUpdate()
  }

  render() {
    const { t, lang } = this.#account.texts
    const used = (at: string | null) =>
      at === null ? t('neverUsed') : t('lastUsed', { date: timeText(at, lang) })
    return html`
      ${
        this.#keys.length === 0
          ? nothing
          : html`<ul class="keys">
            ${this.#keys.map(({ id, name, usedAt }) => {
              const called = name || t('unnamed')
              return html`<li>
                <span><bdi>${called}</bdi><small>${used(usedAt)}</small></span>
                <button type="button" class="plain" part="button" aria-label=${t('removePasskey', { name: called })} @click=${() => this.#remove(id)}>
                  ${t('remove')}
                </button>
              </li>`
            })}
          </ul>`
      }
      <button type="button" class="plain wide" part="button" @click=${this.#add}>${t('addPasskey')}</button>
    `
  }

  #add = (): Promise<void> =>
    this.#account.act(async () => {
      const { host, texts } = this.#account
      try {
        // Opened within the click; where it leads is known a moment later.
        const popUp = openPopUp()
        const { url } = await writeOwn('POST /v1/me/passkeys/ticket', {}).catch((error: unknown) => {
          popUp.close()
          throw error
        })
        popUp.location.replace(url)
        await answerOf(popUp)
        host.say(texts.t('added'), true)
      } catch (error) {
        if (!(error instanceof PopUpFailure)) throw error
        if (error.fault === 'blocked') host.say(texts.t('blocked'), true)
      }
      this.#account.me = await readOwn('/v1/me')
      await this.load()
    })

  #remove = (id: string): Promise<void> =>
    this.#account.act(async () => {
      const { host, texts } = this.#account
      this.#keys = (await writeOwn(`DELETE /v1/me/passkeys/${encodeURIComponent(id)}`, undefined)).data
      host.say(texts.t('passkeyGone'))
      this.#account.me = await readOwn('/v1/me')
    })
}
