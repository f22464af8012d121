import type { DividendReport } from '../../../server/contract/reports.ts'
import { formatMoney, formatSignedMoney } from '../money.ts'
import { language, text } from '../texts.ts'
import { factorTexts } from './factor.ts'
import { FACTORS } from './waterfall-steps.ts'

/** The change of value in a sentence, with each factor's part in it. */
export function changeInWords(report: DividendReport): string {
  const { change, currency } = report
  const lang = language()
  const amount = formatMoney({ amount: Math.abs(change), currency }, lang)
  const summary = text(change > 0 ? 'dividend_more' : change < 0 ? 'dividend_less' : 'dividend_same', {
    amount,
  })
  if (FACTORS.every((name) => report[name].part === null)) return `${summary} ${text('dividend_not_apart')}`
  const parts = FACTORS.filter((name) => report[name].part).map((name) => {
    const amount = report[name].part ?? 0
    // A word joiner keeps the sign with its amount at the end of a line.
    return `${factorTexts[name].measure().toLocaleLowerCase(lang)} ${formatSignedMoney({ amount, currency }, lang).replace(/^[+−]/, '$&\u2060')}`
  })
  if (parts.length === 0) return summary
  return text('dividend_in_parts', {
    summary: summary.replace(/[.。]$/, ''),
    parts: new Intl.ListFormat(lang, { style: 'narrow' }).format(parts),
  })
}
