import type { Offer, Referral } from '../../server/contract/referral.ts'
import type { Money } from '../../server/contract/values.ts'
import type { Texts } from '../core/i18n.ts'
import type { ReferralKey } from '../locales/referral.en.ts'
import { formatMoney } from '../ui/money.ts'

type Words = Texts<ReferralKey>

/** Money as it stands in a promise: whole units without their zeros. */
const promised = (money: Money, lang: string): string => formatMoney(money, lang, 0, 'stripIfInteger')

const percentText = (percent: number, lang: string): string =>
  new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 2 }).format(percent / 100)

/** An offer in a word, as a headline has room for: `€5`, `20%`. */
export const offerWord = ({ fixed, percent }: Offer, lang: string): string =>
  fixed ? promised(fixed, lang) : percentText(percent ?? 0, lang)

/** An offer with its terms: `€5`, `20% of the order, at most €50`. */
export function offerText(offer: Offer, { lang, t }: Words): string {
  const percent = offerWord(offer, lang)
  if (offer.fixed) return percent
  return offer.cap ? t('capped', { percent, cap: promised(offer.cap, lang) }) : t('part', { percent })
}

/** What inviting is about, in a line. */
export function headline(programme: Referral['programme'], { lang, t }: Words): string {
  const give = programme?.give ? offerWord(programme.give, lang) : ''
  const get = programme?.get ? offerWord(programme.get, lang) : ''
  if (give && get) return t('giveGet', { give, get })
  if (get) return t('get', { get })
  return give ? t('give', { give }) : t('invite')
}

/** The same with its terms; nothing where there is no programme. */
export const terms = (programme: Referral['programme'], words: Words): string =>
  [
    programme?.give && words.t('theyGet', { give: offerText(programme.give, words) }),
    programme?.get && words.t('youGet', { get: offerText(programme.get, words) }),
    programme?.get && words.t('further'),
  ]
    .filter(Boolean)
    .join(words.t('space'))
