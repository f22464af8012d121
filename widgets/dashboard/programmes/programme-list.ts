import { html, nothing, type TemplateResult } from 'lit'
import type { Programme } from '../../../server/contract/programmes.ts'
import type { Money } from '../../../server/contract/values.ts'
import { formatCount } from '../format.ts'
import { formatMoney } from '../money.ts'
import { language, text } from '../texts.ts'
import { statusBadge } from './programme-status.ts'
import { ruleSentence } from './rule-words.ts'

/** Where the figures of a programme lead. */
export interface ProgrammeLinks {
  edit: (id: string) => string
  rewards: (id: string, state?: string) => string
}

/** All programmes: what each pays and what it has brought. */
export function programmeList(programmes: readonly Programme[], links: ProgrammeLinks): TemplateResult {
  return html`<ul class="programmes">${programmes.map((programme) => card(programme, links))}</ul>`
}

function card({ id, name, status, rule, totals }: Programme, links: ProgrammeLinks): TemplateResult {
  const lang = language()
  return html`
    <li class="panel programme ${status}">
      <div class="head">
        <h2><a href=${links.edit(id)}>${name}</a> ${statusBadge(status)}</h2>
        <p>${ruleSentence(rule)}</p>
      </div>
      <dl>
        ${figure(text('programme_conversions'), formatCount(totals.conversions, lang), links.rewards(id))}
        ${figure(text('programme_people'), formatCount(totals.people, lang), links.rewards(id))}
        ${figure(text('programme_owed'), amounts(totals.owed, rule.currency), links.rewards(id))}
        ${figure(text('programme_paid'), amounts(totals.paid, rule.currency), links.rewards(id, 'paid'))}
        ${rule.limits.budget === null ? nothing : figure(text('programme_left'), amounts(totals.left, rule.currency))}
      </dl>
    </li>
  `
}

function figure(name: string, value: string, href?: string): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${href ? html`<a href=${href}>${value}</a>` : value}</dd></div>`
}

const amounts = (amounts: readonly Money[], currency: string): string =>
  (amounts.length > 0 ? amounts : [{ currency, amount: 0 }])
    .map((money) => formatMoney(money, language()))
    .join(' + ')

/** What to do where there is no programme yet. */
export function noProgrammes(create: string): TemplateResult {
  return html`
    <section class="panel message">
      <h2>${text('programmes_none')}</h2>
      <p class="muted">${text('programmes_none_hint')}</p>
      <a class="button main" href=${create}>${text('programme_new')}</a>
    </section>
  `
}
