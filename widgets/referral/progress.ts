import { html, nothing } from 'lit'
import type { Referral } from '../../server/contract/referral.ts'
import type { Money } from '../../server/contract/values.ts'
import type { Texts } from '../core/i18n.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import { formatMoney } from '../ui/money.ts'
import { offerText } from './offers.ts'
import { section } from './section.ts'

/** How many came, how many of them became friends, what that earned, and how far the next tier is. */
export function progress(data: Referral, texts: Texts<MoreKey>) {
  const { t, lang } = texts
  const { arrived, converted, earned, friends, nextTier } = data
  const figure = (name: MoreKey, value: string, kind = '') =>
    html`<div class=${kind}><dt>${t(name)}</dt><dd>${value}</dd></div>`
  const count = (value: number) => new Intl.NumberFormat(lang).format(value)
  const money = (amounts: readonly Money[]) => amounts.map((amount) => formatMoney(amount, lang)).join(' + ')
  const sums = (['pending', 'approved', 'paid'] as const).filter((state) => earned[state].length > 0)
  return section(
    'going',
    t('going'),
    html`
      <dl class="figures">
        ${figure('arrived', count(arrived))}${figure('converted', count(converted))}
        ${sums.map((state) => figure(state, money(earned[state]), 'money'))}
      </dl>
      ${arrived === 0 ? html`<p class="note">${t('nothingYet')}</p>` : nothing}
      ${
        nextTier
          ? html`<div class="tier">
            <label for="tier"
              >${t('tier', { count: nextTier.left, get: offerText(nextTier.get, texts) })}</label
            >
            <progress id="tier" max=${nextTier.from} value=${friends}></progress>
          </div>`
          : nothing
      }
    `,
  )
}
