import { html, nothing } from 'lit'
import { PAYOUT_LENGTH } from '../../server/contract/models.ts'
import type { Referral } from '../../server/contract/referral.ts'
import { readOwn } from '../core/request-own.ts'
import { OwnForm } from './own-form.ts'

/** Where a person's money should go: asked once there is some. */
export class PayoutForm extends OwnForm {
  #changing = false
  #known = ''

  render({ person, earned }: Referral) {
    const { t } = this.texts
    if (!person || Object.values(earned).every((amounts) => amounts.length === 0)) return nothing
    if (person.payout && !this.#changing)
      return html`<p class="section note known-payout">
        ${t('payoutKnown')}
        <button class="plain" part="button" type="button" @click=${this.#change}>${t('change')}</button>
      </p>`
    return html`
      <form class="section asked" part="section" novalidate @submit=${this.#submit}>
        <label for="payout">${t('payout')}</label>
        <div class="copy">
          <input
            class="field"
            id="payout"
            name="payout"
            autocomplete="email"
            autocapitalize="none"
            spellcheck="false"
            maxlength=${PAYOUT_LENGTH}
            aria-describedby="payout-hint"
            aria-invalid=${this.refused !== ''}
            .defaultValue=${this.#known}
          />
          <button class="lead" part="button lead" type="submit" ?disabled=${this.busy}>${t('saveName')}</button>
        </div>
        <p class="note" id="payout-hint">${this.refused || t('payoutHint')}</p>
      </form>
    `
  }

  /** What was said before is read only by whoever wants to change it. */
  #change = async (): Promise<void> => {
    this.#known = (await readOwn('/v1/me').catch(() => undefined))?.payout ?? ''
    this.#changing = true
    this.host.requestUpdate()
  }

  #submit = async (event: SubmitEvent): Promise<void> => {
    const payout = String(new FormData(event.target as HTMLFormElement).get('payout') ?? '').trim()
    if (!(await this.save(event, { payout: payout || null }))) return
    this.#changing = false
    this.#known = ''
    this.host.requestUpdate()
  }
}
