import { html, nothing, type TemplateResult } from 'lit'
import type { Receipt, SignedReceipt } from '../../../server/contract/rewards.ts'
import type { RequestError } from '../api.ts'
import { formatMoment } from '../format.ts'
import { formatMoney } from '../money.ts'
import { phrase } from '../parts/phrase.ts'
import { guest, type Somebody } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

/** A receipt as it is looked at: on its way, here, or not to be had. */
export interface ShownReceipt {
  reward: string
  /** Whose it is: the receipt itself calls them "you". */
  person: Somebody
  signed?: SignedReceipt
  error?: RequestError
}

/** Why somebody gets what they get: the visits that count with their chains, the rule, and the arithmetic. */
export function receiptDialog(
  { reward, person, signed, error }: ShownReceipt,
  closed: () => void,
): TemplateResult {
  return html`
    <dialog class="receipt" aria-labelledby="receipt" @close=${closed}>
      <h2 id="receipt">${text('receipt')}</h2>
      <div class="body" aria-busy=${signed || error ? 'false' : 'true'}>
        ${signed ? arithmetic(signed.receipt, person) : error ? html`<p role="alert">${error.message}</p>` : html`<div class="skeleton receipt-place"></div>`}
      </div>
      <form method="dialog" class="buttons">
        ${
          signed
            ? html`<a class="button" href=${`/v1/rewards/${reward}/receipt`} download=${`receipt-${reward}.json`}>${text('receipt_download')}</a>`
            : nothing
        }
        <button class="button main" autofocus>${text('close')}</button>
      </form>
    </dialog>
  `
}

function arithmetic(receipt: Receipt, person: Somebody): TemplateResult {
  const { conversion, programme, touches, lines, currency, friend } = receipt
  const called = (who: string) => (who === 'you' ? guest(person) : who === 'someone' ? text('somebody') : who)
  const money = (amount: number) => formatMoney({ amount, currency }, language())
  return html`
    <p>
      ${phrase('receipt_about', {
        conversion: html`<b>${conversion.name}</b>`,
        when: formatMoment(conversion.at, language()),
        programme: html`<b>${programme.name}</b>`,
        version: String(programme.version),
      })}
      ${friend > 0 ? text('receipt_friend', { n: String(friend) }) : nothing}
    </p>
    ${touches.length > 0 ? chains(touches, called) : nothing}
    <div class="scroll" tabindex="0" role="region" aria-label=${text('receipt_lines')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text('receipt_what')}</th>
            <th scope="col">${text('receipt_how')}</th>
            <th scope="col" class="number">${text('receipt_amount')}</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            ({ what, who, how, amount }) => html`
              <tr class=${what}>
                <th scope="row">${text(`receipt_${what}`)}${who ? html` <span class="muted">${called(who)}</span>` : nothing}</th>
                <td class="how">${how}</td>
                <td class="number">${money(amount)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
    <p class="small muted">${phrase('receipt_signed', { command: html`<code>grapevine verify FILE</code>` })}</p>
  `
}

/** The visits that count, each with its chain in the order in which it was passed on. */
function chains(touches: Receipt['touches'], called: (who: string) => string): TemplateResult {
  return html`
    <ol class="touches small">
      ${touches.map(
        ({ at, chain }) => html`
          <li>
            <time class="muted" datetime=${at}>${formatMoment(at, language())}</time>
            ${[...chain.toReversed().map(called), text('receipt_buyer_end')].join(' → ')}
          </li>
        `,
      )}
    </ol>
  `
}
