import { BLEND_ALPHA, HALF_LIFE_DAYS } from '../../../server/contract/models.ts'
import type { Pot, Rule } from '../../../server/contract/programmes.ts'
import { minorDigits } from '../money.ts'
import { majorUnits } from './major-units.ts'

/** A pot as it is typed. What is not chosen is kept, so that changing one's mind loses nothing. */
export interface PotForm {
  kind: 'fixed' | 'percent'
  fixed: string
  percent: string
  cap: string
}

/** A programme as it is typed: amounts in major units, times in the reader's own zone, nothing where there is no limit. */
export interface RuleForm {
  name: string
  currency: string
  conversion: string
  proof: Rule['proof']
  firstOnly: boolean
  minValue: string
  pot: PotForm
  tiers: { from: string; pot: PotForm }[]
  touch: Rule['touch']
  halfLifeDays: string
  split: Rule['split']
  alpha: string
  sharers: boolean
  twoSided: boolean
  buyer: PotForm
  author: string
  site: string
  personAmount: string
  personRewards: string
  totalRewards: string
  budget: string
  holdDays: string
  startsAt: string
  endsAt: string
  pays: Rule['pays']
}

const potForm = (percent = '', fixed = ''): PotForm => ({
  kind: fixed === '' ? 'percent' : 'fixed',
  fixed,
  percent,
  cap: '',
})

/** What a new programme starts from: ten percent of any proved conversion, split so that nobody gains by cheating. */
export function newForm(currency = 'EUR', conversion = ''): RuleForm {
  return {
    name: '',
    currency,
    conversion,
    proof: 'proved',
    firstOnly: false,
    minValue: '',
    pot: potForm('10'),
    tiers: [],
    touch: 'last',
    halfLifeDays: String(HALF_LIFE_DAYS),
    split: 'leibniz',
    alpha: String(BLEND_ALPHA),
    sharers: true,
    twoSided: false,
    buyer: potForm('5'),
    author: '',
    site: '',
    personAmount: '',
    personRewards: '',
    totalRewards: '',
    budget: '',
    holdDays: '14',
    startsAt: '',
    endsAt: '',
    pays: 'money',
  }
}

/** A tier to begin with: after the last one, a little more. */
export function nextTier({ tiers }: RuleForm): RuleForm['tiers'][number] {
  const last = Number(tiers.at(-1)?.from ?? 1)
  return { from: Number.isFinite(last) ? String(last + (tiers.length > 0 ? 5 : 2)) : '', pot: potForm('15') }
}

/** A rule as its form shows it: the inverse of `ruleOf`. */
export function formOf(name: string, rule: Rule): RuleForm {
  const digits = minorDigits(rule.currency)
  const money = (amount: number | null) => (amount === null ? '' : majorUnits(amount, digits))
  const count = (number: number | null) => (number === null ? '' : String(number))
  const pot = (pot: Pot): PotForm =>
    'fixed' in pot
      ? potForm('10', money(pot.fixed))
      : { ...potForm(String(pot.percent)), cap: money(pot.cap ?? null) }
  const { limits } = rule
  return {
    name,
    currency: rule.currency,
    conversion: rule.conversion ?? '',
    proof: rule.proof,
    firstOnly: rule.firstOnly,
    minValue: rule.minValue === 0 ? '' : money(rule.minValue),
    pot: pot(rule.pot),
    tiers: rule.tiers.map((tier) => ({ from: String(tier.from), pot: pot(tier.pot) })),
    touch: rule.touch,
    halfLifeDays: String(rule.halfLifeDays),
    split: rule.split,
    alpha: String(rule.alpha),
    sharers: rule.sharers,
    twoSided: rule.buyer !== null,
    buyer: rule.buyer ? pot(rule.buyer) : potForm('5'),
    author: rule.author === 0 ? '' : String(rule.author),
    site: rule.site === 0 ? '' : String(rule.site),
    personAmount: money(limits.personAmount),
    personRewards: count(limits.personRewards),
    totalRewards: count(limits.totalRewards),
    budget: money(limits.budget),
    holdDays: String(rule.holdDays),
    startsAt: localTime(rule.startsAt),
    endsAt: localTime(rule.endsAt),
    pays: rule.pays,
  }
}

/** An instant as a `datetime-local` field holds it, to the last digit it has. */
function localTime(instant: string | null): string {
  if (instant === null) return ''
  const at = new Date(instant)
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString()
  return local.replace('Z', '').replace(/(:00)?\.000$/, '')
}
