import type { DividendReport } from '../../../server/contract/reports.ts'
import { formatCount, formatRatio } from '../format.ts'
import { formatAverage, formatMoney } from '../money.ts'
import { language, text } from '../texts.ts'
import type { FactorName } from './waterfall-steps.ts'

type Moment = 'now' | 'before'

/** What each factor of the formula is called, and by what it is measured. */
export const factorTexts = {
  information: { name: () => text('dividend_information'), measure: () => text('dividend_shares') },
  chain: { name: () => text('dividend_chain'), measure: () => text('dividend_visitsPerShare') },
  interaction: { name: () => text('dividend_interaction'), measure: () => text('dividend_valuePerVisit') },
} as const satisfies Record<FactorName, { name: () => string; measure: () => string }>

/** A factor as it is read: a count, a ratio, or money per visit. */
export function factorValue(report: DividendReport, name: FactorName, moment: Moment): string {
  const value = report[name][moment]
  if (name === 'information') return formatCount(value, language())
  if (name === 'chain') return formatRatio(value, language())
  return formatAverage({ amount: value, currency: report.currency }, language())
}

/** A factor as the exact quotient that it is; the first is a whole number by itself. */
export function factorQuotient(report: DividendReport, name: FactorName, moment: Moment): string {
  const { shares, visits, value } = report[moment]
  const lang = language()
  const all = {
    shares: formatCount(shares, lang),
    visits: formatCount(visits, lang),
    value: formatMoney({ amount: value, currency: report.currency }, lang),
  }
  if (name === 'information') return all.shares
  return name === 'chain' ? `${all.visits} ÷ ${all.shares}` : `${all.value} ÷ ${all.visits}`
}
