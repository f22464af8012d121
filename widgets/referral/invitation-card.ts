import { html, nothing } from 'lit'
import type { Invitation } from '../../server/contract/referral.ts'
import { latestArrival } from '../core/arrivals.ts'
import type { Texts } from '../core/i18n.ts'
import { readOwn } from '../core/request-own.ts'
import { keep, recallList, storageAllowed } from '../core/storage.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import { mayAsk } from './consent.ts'
import type { Part, ReferralHost } from './host.ts'
import { named } from './named.ts'
import { offerText } from './offers.ts'

/** Answers kept, latest first. */
const MOST = 50

/** Who invited the visitor, and to what. Accepting is the consent that lets the arrival be stored. */
export class InvitationCard implements Part {
  #host: ReferralHost
  #texts: Texts<MoreKey>
  #code = ''
  #invitation: Invitation | undefined
  #accepted = false

  constructor(host: ReferralHost, texts: Texts<MoreKey>) {
    this.#host = host
    this.#texts = texts
  }

  /** Asks who it was, unless the visitor has answered them before. One who cannot be found invites nobody. */
  async load(): Promise<void> {
    const code = latestArrival(this.#host.page)?.code
    if (!code || answered().includes(code)) return
    this.#code = code
    this.#invitation = await readOwn(`/v1/invitations/${code}`).catch(() => undefined)
  }

  render() {
    if (!this.#invitation) return nothing
    const { t } = this.#texts
    const { name, programme } = this.#invitation
    return html`
      <section class="card invitation" part="card" aria-labelledby="invited">
        <h2 id="invited">${name === null ? t('invited') : named(this.#texts, 'invitedBy', name)}</h2>
        ${
          programme?.give
            ? html`<p class="terms">${t('youWillGet', { give: offerText(programme.give, this.#texts) })}</p>`
            : nothing
        }
        ${this.#accepted ? html`<p class="done">${t('accepted')}</p>` : this.#choice()}
      </section>
    `
  }

  #choice() {
    const { t } = this.#texts
    return html`
      ${!storageAllowed() && mayAsk() ? html`<p class="note">${t('keeps')}</p>` : nothing}
      <div class="choice">
        <button class="lead" part="button lead" type="button" @click=${this.#accept}>${t('accept')}</button>
        <button class="plain" part="button" type="button" @click=${this.#dismiss}>${t('notNow')}</button>
      </div>
    `
  }

  #accept = async (): Promise<void> => {
    if (!storageAllowed() && mayAsk()) await window.grapevine?.consent('granted')
    this.#answer()
    this.#accepted = true
    this.#host.say(this.#texts.t('accepted'))
    await this.#host.reload()
  }

  #dismiss = (): void => {
    this.#answer()
    this.#invitation = undefined
    this.#host.requestUpdate()
  }

  #answer(): void {
    keep('answered', JSON.stringify([this.#code, ...answered()].slice(0, MOST)))
  }
}

const answered = () => recallList<string>('answered')
