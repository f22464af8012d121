import type { MeChange } from '../../server/contract/people.ts'
import type { Texts } from '../core/i18n.ts'
import { type RequestFailure, writeOwn } from '../core/request-own.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import type { ReferralHost } from './host.ts'

/** How long it is said that something was saved, in milliseconds. */
const SAID_MS = 2_500

/** A form in which a person says something of themselves. */
export abstract class OwnForm {
  protected readonly host: ReferralHost
  protected readonly texts: Texts<MoreKey>
  protected busy = false
  /** It was saved a moment ago. */
  protected done = false
  /** Why the server did not take it; empty when it did. */
  protected refused = ''

  constructor(host: ReferralHost, texts: Texts<MoreKey>) {
    this.host = host
    this.texts = texts
  }

  /** Saves what the form says; answers whether the server took it. */
  protected async save(event: SubmitEvent, change: MeChange): Promise<boolean> {
    event.preventDefault()
    this.#turn({ busy: true, refused: '' })
    try {
      await writeOwn('PATCH /v1/me', change)
      this.#turn({ busy: false, done: true })
      this.host.say(this.texts.t('saved'))
      setTimeout(() => this.#turn({ done: false }), SAID_MS)
      await this.host.reload()
      return true
    } catch (error) {
      const { code, message } = error as RequestFailure
      this.#turn({ busy: false, refused: this.#why(code, message) })
      this.host.say(this.refused)
      this.host.fail(error)
      return false
    }
  }

  /** The server's own words are English. */
  #why(code: string, message: string): string {
    const { t, lang } = this.texts
    if (code !== 'invalid') return t('notSaved')
    return lang === 'en' ? `${message}.` : t('notTaken')
  }

  #turn(state: { busy?: boolean; done?: boolean; refused?: string }): void {
    Object.assign(this, state)
    this.host.requestUpdate()
  }
}
