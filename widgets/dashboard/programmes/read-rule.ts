import { BLEND_ALPHA, HALF_LIFE_DAYS } from '../../../server/contract/models.ts'
import type { Pot, Rule } from '../../../server/contract/programmes.ts'
import { minorDigits } from '../money.ts'
import { minorUnits } from './major-units.ts'
import type { PotForm, RuleForm } from './rule-form.ts'

/** What can be wrong with a field, as a key of the catalogue. */
export type Fault =
  | 'fault_name'
  | 'fault_amount'
  | 'fault_percent'
  | 'fault_whole'
  | 'fault_number'
  | 'fault_ascend'
  | 'fault_over'
  | 'fault_nobody'
  | 'fault_time'
  | 'fault_end'

/** Field, by the path that the server too would name it by (`rule.tiers[1].from`), and what is wrong with it. */
type Faults = ReadonlyMap<string, Fault>

/** Reads a form: the rule, and what keeps it from being one. With any fault the rule is not to be sent. */
export function ruleOf(form: RuleForm): { rule: Rule; faults: Faults } {
  const faults = new Map<string, Fault>()
  const { money, maybe, whole, decimal, percent, pot, time } = fieldsOf(form, faults)
  // What is out of sight cannot be mended, so it must not be at fault.
  const decays = form.sharers && form.touch === 'decay'
  const blends = form.sharers && form.split === 'blend'
  const rule: Rule = {
    currency: form.currency,
    conversion: form.conversion.trim() || null,
    proof: form.proof,
    firstOnly: form.firstOnly,
    minValue: maybe(form.minValue, (typed) => money('rule.minValue', typed, 0)) ?? 0,
    pot: pot('rule.pot', form.pot),
    tiers: form.tiers.map((tier, i) => ({
      from: whole(`rule.tiers[${i}].from`, tier.from, 2, 10_000),
      pot: pot(`rule.tiers[${i}].pot`, tier.pot),
    })),
    touch: form.touch,
    halfLifeDays: decimal(
      'rule.halfLifeDays',
      form.halfLifeDays,
      [0.01, 365],
      decays ? undefined : HALF_LIFE_DAYS,
    ),
    split: form.split,
    alpha: decimal('rule.alpha', form.alpha, [0, 1], blends ? undefined : BLEND_ALPHA),
    sharers: form.sharers,
    buyer: form.twoSided ? pot('rule.buyer', form.buyer) : null,
    author: maybe(form.author, (typed) => percent('rule.author', typed)) ?? 0,
    site: maybe(form.site, (typed) => percent('rule.site', typed)) ?? 0,
    limits: {
      personAmount: maybe(form.personAmount, (typed) => money('rule.limits.personAmount', typed)),
      personRewards: maybe(form.personRewards, (typed) => whole('rule.limits.personRewards', typed, 1)),
      totalRewards: maybe(form.totalRewards, (typed) => whole('rule.limits.totalRewards', typed, 1)),
      budget: maybe(form.budget, (typed) => money('rule.limits.budget', typed)),
    },
    holdDays: whole('rule.holdDays', form.holdDays, 0, 365),
    startsAt: maybe(form.startsAt, (typed) => time('rule.startsAt', typed)),
    endsAt: maybe(form.endsAt, (typed) => time('rule.endsAt', typed)),
    pays: form.pays,
  }
  findConflicts(rule, faults)
  return { rule, faults }
}

/** Whether a programme's name can be one. */
export const nameFault = (name: string): Fault | undefined =>
  name.trim() === '' || name.trim().length > 100 ? 'fault_name' : undefined

/** What no field has wrong by itself. */
function findConflicts(rule: Rule, faults: Map<string, Fault>): void {
  const add = (field: string, fault: Fault) => faults.has(field) || faults.set(field, fault)
  rule.tiers.forEach(({ from }, i) => {
    if (i > 0 && from <= (rule.tiers[i - 1]?.from ?? 0)) add(`rule.tiers[${i}].from`, 'fault_ascend')
  })
  if (rule.author + rule.site > 100) add('rule.site', 'fault_over')
  if (!rule.sharers && !rule.buyer && rule.author === 0) add('rule.sharers', 'fault_nobody')
  if (rule.startsAt && rule.endsAt && Date.parse(rule.startsAt) >= Date.parse(rule.endsAt))
    add('rule.endsAt', 'fault_end')
}

/** How each kind of field is read; a field that cannot be is noted, and stands for 0 meanwhile. */
function fieldsOf(form: RuleForm, faults: Map<string, Fault>) {
  const digits = minorDigits(form.currency)
  const noted = <T>(field: string, fault: Fault, meanwhile: T): T => {
    faults.set(field, fault)
    return meanwhile
  }
  const maybe = <T>(typed: string, read: (typed: string) => T): T | null =>
    typed.trim() === '' ? null : read(typed)
  const money = (field: string, typed: string, least = 1): number => {
    const amount = minorUnits(typed, digits)
    return amount === undefined || amount < least ? noted(field, 'fault_amount', 0) : amount
  }
  const whole = (field: string, typed: string, least: number, most = Number.MAX_SAFE_INTEGER): number => {
    const plain = typed.normalize('NFKC').trim()
    const number = /^\d+$/.test(plain) ? Number(plain) : -1
    return number < least || number > most ? noted(field, 'fault_whole', 0) : number
  }
  const decimal = (
    field: string,
    typed: string,
    [least, most]: [number, number],
    otherwise?: number,
  ): number => {
    const plain = typed.normalize('NFKC').trim().replace(',', '.')
    const number = /^\d/.test(plain) ? Number(plain) : Number.NaN
    if (number >= least && number <= most) return number
    return otherwise ?? noted(field, 'fault_number', 0)
  }
  const percent = (field: string, typed: string, least = 0): number => {
    const hundredths = minorUnits(typed.replace(/[%％]\s*$/, ''), 2)
    if (hundredths === undefined || hundredths < least || hundredths > 10_000)
      return noted(field, 'fault_percent', 0)
    return hundredths / 100
  }
  const pot = (field: string, pot: PotForm): Pot => {
    if (pot.kind === 'fixed') return { fixed: money(`${field}.fixed`, pot.fixed) }
    const part = percent(`${field}.percent`, pot.percent, 1)
    const cap = maybe(pot.cap, (typed) => money(`${field}.cap`, typed))
    return cap === null ? { percent: part } : { percent: part, cap }
  }
  const time = (field: string, typed: string): string | null => {
    const at = new Date(typed)
    return Number.isNaN(at.getTime()) ? noted(field, 'fault_time', null) : at.toISOString()
  }
  return { maybe, money, whole, decimal, percent, pot, time }
}
