import { html, nothing } from 'lit'
import type { Referral } from '../../server/contract/referral.ts'
import type { Texts } from '../core/i18n.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import { formatMoney } from '../ui/money.ts'
import type { ReferralHost } from './host.ts'
import { dateText } from './more-texts.ts'
import { section } from './section.ts'

/** Rewards that are shown at once. */
const SHOWN = 5

/** A person's latest rewards, each with why it was paid. */
export function rewardList(host: ReferralHost, { rewards }: Referral, texts: Texts<MoreKey>) {
  const { t, lang } = texts
  if (rewards.length === 0) return nothing
  const explain = async (id: string) => {
    try {
      const { receiptView } = await import('./receipt.ts')
      await host.open(await receiptView(id, texts))
    } catch (error) {
      host.fail(error)
    }
  }
  const row = ({ id, at, state, amount }: Referral['rewards'][number]) => {
    const money = formatMoney(amount, lang)
    return html`<li class=${state}>
      <div>
        <b>${state === 'reversed' ? html`<s>${money}</s>` : money}</b>
      <span class="quiet">${dateText(at, lang)} · ${t(state)}</span>
      </div>
      <button
        class="plain"
        part="button"
        type="button"
        aria-label=${t('whyOf', { amount: money })}
        @click=${() => explain(id)}
      >
        ${t('why')}
      </button>
    </li>`
  }
  const [latest, earlier] = [rewards.slice(0, SHOWN), rewards.slice(SHOWN)]
  return section(
    'rewards',
    t('rewards'),
    html`<ul class="rows">
        ${latest.map(row)}
      </ul>
      ${
        earlier.length === 0
          ? nothing
          : html`<details>
            <summary>${t('earlier', { count: earlier.length })}</summary>
            <ul class="rows">
              ${earlier.map(row)}
            </ul>
          </details>`
      }`,
  )
}
