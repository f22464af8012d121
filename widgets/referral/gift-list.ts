import { html, nothing } from 'lit'
import type { Referral } from '../../server/contract/referral.ts'
import type { Texts } from '../core/i18n.ts'
import { writeOwn } from '../core/request-own.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import { copyField } from './copy-field.ts'
import type { ReferralHost } from './host.ts'
import { dateText } from './more-texts.ts'
import { section } from './section.ts'

type Gift = Referral['gifts'][number]

const STATES = { used: 'used', passed: 'giftPassedOn', expired: 'expired', revoked: 'revoked' } as const

/** The gifts a person holds, to be passed on, and what became of those they gave. */
export function giftList(host: ReferralHost, { gifts }: Referral, texts: Texts<MoreKey>) {
  const { t, lang } = texts
  if (gifts.length === 0) return nothing
  const passOn = async ({ code }: Gift) => {
    try {
      const { link } = await writeOwn(`POST /v1/coupons/${code}/pass`, {})
      const body = () => html`${copyField(host, link, t('giftLink'))}
        <p class="note">${t('passedOn')}</p>`
      await host.open(() => ({ title: t('passOn'), body: body() }))
    } catch (error) {
      host.fail(error)
    }
    await host.reload()
  }
  const about = ({ state, expiresAt, code }: Gift) =>
    state === 'works'
      ? [code, expiresAt && t('until', { date: dateText(expiresAt, lang) })].filter(Boolean).join(' · ')
      : t(STATES[state])
  return section(
    'gifts',
    t('gifts'),
    html`<ul class="rows">
      ${gifts.map(
        (gift) => html`<li>
          <div>
            <b>${gift.label || gift.code}</b>
            <span class="quiet">${about(gift)}</span>
          </div>
          ${
            gift.state === 'works'
              ? html`<button class="plain" part="button" type="button" @click=${() => passOn(gift)}>
                  ${t('passOn')}
                </button>`
              : nothing
          }
        </li>`,
      )}
    </ul>`,
  )
}
