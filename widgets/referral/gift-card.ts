import { html, nothing } from 'lit'
import type { CouponState, PassedGift } from '../../server/contract/coupons.ts'
import type { Texts } from '../core/i18n.ts'
import { receiveGift } from '../core/receive-gift.ts'
import { readOwn, writeOwn } from '../core/request-own.ts'
import { forget, recall, storageAllowed } from '../core/storage.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import { copyField } from './copy-field.ts'
import type { Part, ReferralHost } from './host.ts'
import { dateText } from './more-texts.ts'
import { named } from './named.ts'

/** A coupon that somebody was given: what it is, its code, and how to pass it on. */
export class GiftCard implements Part {
  #host: ReferralHost
  #texts: Texts<MoreKey>
  #gift: CouponState | undefined
  #passed: PassedGift | undefined

  constructor(host: ReferralHost, texts: Texts<MoreKey>) {
    this.#host = host
    this.#texts = texts
  }

  /** Asks what the gift is that is in the address, or was on another page of the site. */
  async load(): Promise<void> {
    receiveGift()
    const code = recall('gift')
    if (!code) return
    this.#gift = await readOwn(`/v1/coupons/${code}`).catch(() => undefined)
    if (this.#gift?.state !== 'works') forget('gift')
  }

  render() {
    const gift = this.#gift
    if (!gift) return nothing
    const { t } = this.#texts
    return html`
      <section class="card gift" part="card" aria-labelledby="gift">
        <h2 id="gift">${gift.from === null ? t('gift') : named(this.#texts, 'giftFrom', gift.from)}</h2>
        <p class="terms">${gift.label}</p>
        ${this.#passed ? this.#handedOn(this.#passed) : gift.state === 'works' ? this.#held(gift) : this.#over(gift)}
      </section>
    `
  }

  #held({ code, gift, expiresAt }: CouponState) {
    const { t, lang } = this.#texts
    return html`
      ${copyField(this.#host, code, t('giftCode'))}
      <p class="note">
        ${t('atCheckout')} ${expiresAt ? t('until', { date: dateText(expiresAt, lang) }) : ''}
      </p>
      ${
        gift && storageAllowed()
          ? html`<button class="plain" part="button" type="button" @click=${this.#passOn}>${t('passOn')}</button>`
          : nothing
      }
    `
  }

  #handedOn({ link }: PassedGift) {
    const { t } = this.#texts
    return html`${copyField(this.#host, link, t('giftLink'))}
      <p class="note">${t('passedOn')}</p>`
  }

  #over({ state }: CouponState) {
    const said = { used: 'giftUsed', passed: 'giftPassed' } as const
    return html`<p class="note">${this.#texts.t(state === 'used' || state === 'passed' ? said[state] : 'giftOver')}</p>`
  }

  #passOn = async (): Promise<void> => {
    const code = this.#gift?.code ?? ''
    try {
      this.#passed = await writeOwn(`POST /v1/coupons/${code}/pass`, {})
      forget('gift')
      await this.#host.reload()
    } catch (error) {
      this.#host.fail(error)
      await this.load()
    }
    this.#host.requestUpdate()
  }
}
