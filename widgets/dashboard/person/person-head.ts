import { html, nothing, type TemplateResult } from 'lit'
import type { PersonReport } from '../../../server/contract/reports.ts'
import { formatCount, formatDay } from '../format.ts'
import { amountOf, currenciesOf, formatMoney } from '../money.ts'
import { bar, guest, personLink } from '../parts/pieces.ts'
import { moneyList } from '../people/top-table.ts'
import { language, text } from '../texts.ts'

/** Where the numbers of a person lead. */
export interface PersonLinks {
  person: (id: string) => string
  share: (code: string) => string
  /** What came through their own links, and at any hop. */
  own: string
  all: string
  bought: string
  rewards: (state?: string) => string
}

/** Who it is, who brought them, and what they brought in the range. */
export function personHead(report: PersonReport, links: PersonLinks): TemplateResult {
  const { person, createdAt, broughtBy } = report
  return html`
    <section class="panel" aria-labelledby="who">
      <header>
        <h2 id="who" class="who">${guest(person)}</h2>
        <p class="muted small">
          ${text('person_since', { day: formatDay(createdAt, language()) })} ·
          ${
            broughtBy
              ? html`${text('person_brought_by')} ${personLink(broughtBy.person, links.person)}
                  (<a href=${links.share(broughtBy.share)}>${text('person_by_share')}</a>)`
              : text('person_by_nobody')
          }
        </p>
      </header>
      ${figures(report, links)}
    </section>
  `
}

function figures(report: PersonReport, links: PersonLinks): TemplateResult {
  const count = (number: number) => formatCount(number, language())
  const figure = (label: string, value: unknown, href?: string) => html`
    <div><dt>${label}</dt><dd>${href ? html`<a href=${href}>${value}</a>` : value}</dd></div>
  `
  return html`
    <dl class="figures">
      ${figure(text('shares'), count(report.shares))} ${figure(text('visits'), count(report.visits))}
      ${figure(text('conversions'), count(report.conversions), links.own)}
      ${figure(text('person_bought'), count(report.bought), links.bought)}
      ${figure(text('person_owed'), moneyList(report.earned.owed, links.rewards()))}
      ${figure(text('person_paid'), moneyList(report.earned.paid, links.rewards('paid')))}
    </dl>
  `
}

/** What came through their own links beside what came through them at any hop, on one scale a currency. */
export function influence(report: PersonReport, links: PersonLinks): TemplateResult | typeof nothing {
  const currencies = currenciesOf(report.influence, report.value)
  if (currencies.length === 0) return nothing
  const line = (label: string, name: 'own' | 'all', amount: number, most: number, currency: string) => html`
    <li class=${name}>
      <span>${label}</span> ${bar(amount, most, 'start')}
      <a class="number" href=${links[name]}>${formatMoney({ amount, currency }, language())}</a>
    </li>
  `
  return html`
    <section class="panel" aria-labelledby="influence">
      <header>
        <h2 id="influence">${text('person_influence')}</h2>
        <p class="small muted">${text('person_influence_hint')}</p>
      </header>
      <ul class="versus">
        ${currencies.map((currency) => {
          const [own, all] = [amountOf(report.value, currency), amountOf(report.influence, currency)]
          const most = Math.max(own, all)
          return html`
            ${line(text('person_as_nearest'), 'own', own, most, currency)}
            ${line(text('person_at_any_hop'), 'all', all, most, currency)}
          `
        })}
      </ul>
    </section>
  `
}
