import type { Pot, Rule } from '../../../server/contract/programmes.ts'
import { formatCount, formatMoment } from '../format.ts'
import { formatMoney } from '../money.ts'
import { language, text } from '../texts.ts'

/** A pot in words: `20 %, at most €10.00`. */
export function potWords(pot: Pot, currency: string): string {
  const lang = language()
  if ('fixed' in pot) return formatMoney({ amount: pot.fixed, currency }, lang)
  const style = { style: 'percent', maximumFractionDigits: 2 } as const
  const percent = new Intl.NumberFormat(lang, style).format(pot.percent / 100)
  if (pot.cap === undefined) return percent
  return text('pot_capped', { pot: percent, cap: formatMoney({ amount: pot.cap, currency }, lang) })
}

/** What a programme pays, in a sentence. */
export function ruleSentence(rule: Rule): string {
  const what = rule.conversion ? text('rule_named', { name: rule.conversion }) : text('rule_any')
  const each = text(rule.firstOnly ? 'rule_first' : 'rule_each', { what })
  const pot = potWords(rule.pot, rule.currency)
  const clauses: string[] = []
  if (rule.sharers)
    clauses.push(text('fixed' in rule.pot ? 'rule_sharers_fixed' : 'rule_sharers', { pot, each }))
  else if (rule.author > 0) clauses.push(text('rule_author', { pot, each, part: percentOf(rule.author) }))
  for (const tier of rule.tiers)
    clauses.push(text('rule_tier', { from: String(tier.from), pot: potWords(tier.pot, rule.currency) }))
  if (rule.buyer) {
    const buyer = potWords(rule.buyer, rule.currency)
    clauses.push(
      clauses.length > 0 ? text('rule_buyer', { pot: buyer }) : text('rule_buyer_only', { pot: buyer, each }),
    )
  }
  return clauses.join(text('rule_and')) + text('rule_end')
}

/** Everything a rule says, each a name and what it says there; what is said of nothing is a dash. */
export function factsOf(rule: Rule): Map<string, string> {
  const lang = language()
  const money = (amount: number | null) =>
    amount === null ? text('form_no_limit') : formatMoney({ amount, currency: rule.currency }, lang)
  const count = (number: number | null) =>
    number === null ? text('form_no_limit') : formatCount(number, lang)
  const time = (at: string | null) => (at === null ? '–' : formatMoment(at, lang))
  const yes = (holds: boolean) => text(holds ? 'yes' : 'no')
  const { limits } = rule
  return new Map([
    [text('currency'), rule.currency],
    [text('form_conversion'), rule.conversion ?? text('form_any_conversion')],
    [text('form_proof'), text(`form_proof_${rule.proof}`)],
    [text('form_first_only'), yes(rule.firstOnly)],
    [text('form_min'), money(rule.minValue)],
    [text('form_pot'), potWords(rule.pot, rule.currency)],
    [text('form_tiers'), tierWords(rule)],
    [text('form_two_sided'), rule.buyer ? potWords(rule.buyer, rule.currency) : '–'],
    [text('form_sharers'), yes(rule.sharers)],
    [text('form_split'), splitWords(rule)],
    [text('form_touch'), touchWords(rule)],
    [text('form_author_part'), percentOf(rule.author)],
    [text('form_site_part'), percentOf(rule.site)],
    [text('form_budget'), money(limits.budget)],
    [text('form_personAmount'), money(limits.personAmount)],
    [text('form_totalRewards'), count(limits.totalRewards)],
    [text('form_personRewards'), count(limits.personRewards)],
    [text('form_hold'), text('days_n', { count: rule.holdDays, n: String(rule.holdDays) })],
    [text('form_startsAt'), time(rule.startsAt)],
    [text('form_endsAt'), time(rule.endsAt)],
    [text('form_pays'), text(`method_${rule.pays}`)],
  ])
}

/** What differs between two rules, by name. */
export function changesBetween(before: Rule, after: Rule): { name: string; from: string; to: string }[] {
  const was = factsOf(before)
  return [...factsOf(after)].flatMap(([name, to]) => {
    const from = was.get(name) ?? '–'
    return from === to ? [] : [{ name, from, to }]
  })
}

const percentOf = (percent: number): string =>
  new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 2 }).format(percent / 100)

const tierWords = ({ tiers, currency }: Rule): string =>
  tiers
    .map(({ from, pot }) => text('tier_words', { from: String(from), pot: potWords(pot, currency) }))
    .join(text('list_and')) || '–'

const splitWords = ({ split, alpha }: Rule): string =>
  text(`split_model_${split}`) + (split === 'blend' ? ` (α ${alpha})` : '')

const touchWords = ({ touch, halfLifeDays }: Rule): string =>
  text(`visit_name_${touch}`) +
  (touch === 'decay' ? ` (${text('half_life_n', { n: String(halfLifeDays) })})` : '')
