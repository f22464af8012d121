import { html, type TemplateResult } from 'lit'
import type { Balances } from '../../../server/contract/rewards.ts'
import { formatMoney } from '../money.ts'
import { personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

type Balance = Balances['data'][number]
type Account = Balance['account']

const ACCOUNTS = [
  'programme',
  'person',
  'payable',
  'paid',
  'credit',
  'house',
] as const satisfies readonly Account[]

/** Holders listed at most: the whole list is a download. */
const MOST = 200

/** Who holds what, by account and currency, down to the line that says that the books balance. */
export function balancesTable(
  { data, sum }: Balances,
  names: ReadonlyMap<string, string>,
  person: (id: string) => string,
): TemplateResult {
  const currencies = [...new Set(data.map(({ balance }) => balance.currency))]
  if (currencies.length === 0) return html`<p class="nothing muted">${text('ledger_none')}</p>`
  const accounts = ACCOUNTS.filter((account) => data.some((one) => one.account === account))
  const balances = sum.every(({ amount }) => amount === 0)
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${text('ledger_balance')}>
      <table class="ledger">
        <thead>
          <tr>
            <th scope="col">${text('ledger_account')}</th>
            ${currencies.map((currency) => html`<th scope="col" class="number">${currency}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${accounts.map(
            (account) => html`
              <tr>
                <th scope="row">
                  ${text(`ledger_${account}`)}
                  <span class="small muted about">${text(`ledger_about_${account}`)}</span>
                </th>
                ${currencies.map((currency) => amount(sumOf(data, account, currency), currency))}
              </tr>
            `,
          )}
        </tbody>
        <tfoot>
          <tr class=${balances ? 'balanced' : 'off'}>
            <th scope="row">${text(balances ? 'ledger_balanced' : 'ledger_off')}</th>
            ${currencies.map((currency) => amount(sum.find((one) => one.currency === currency)?.amount ?? 0, currency))}
          </tr>
        </tfoot>
      </table>
    </div>
    <details class="holders">
      <summary class="small">${text('ledger_holders')}</summary>
      ${holders(data, names, person)}
    </details>
  `
}

const amount = (amount: number, currency: string): TemplateResult =>
  html`<td class="number">${formatMoney({ amount, currency }, language())}</td>`

const sumOf = (data: readonly Balance[], account: Account, currency: string): number =>
  data
    .filter((one) => one.account === account && one.balance.currency === currency)
    .reduce((sum, { balance }) => sum + balance.amount, 0)

function holders(
  data: readonly Balance[],
  names: ReadonlyMap<string, string>,
  person: (id: string) => string,
): TemplateResult {
  const held = data.filter(({ balance }) => balance.amount !== 0)
  const name = ({ account, holder }: Balance) => {
    if (account === 'house') return text('ledger_house')
    return account === 'programme' ? (names.get(holder) ?? holder) : personLink({ id: holder }, person)
  }
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${text('ledger_holders')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text('ledger_holder')}</th>
            <th scope="col">${text('ledger_account')}</th>
            <th scope="col" class="number">${text('ledger_balance')}</th>
          </tr>
        </thead>
        <tbody>
          ${held.slice(0, MOST).map(
            (one) => html`
              <tr>
                <th scope="row">${name(one)}</th>
                <td>${text(`ledger_${one.account}`)}</td>
                <td class="number">${formatMoney(one.balance, language())}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
    ${held.length > MOST ? html`<p class="nothing small"><a href="/v1/ledger/balances?format=csv" download>${text('ledger_all', { n: String(held.length) })}</a></p>` : ''}
  `
}
