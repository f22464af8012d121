import { html, nothing, type TemplateResult } from 'lit'
import type { Payout } from '../../../server/contract/rewards.ts'
import { formatCount, formatMoment } from '../format.ts'
import { formatMoney } from '../money.ts'
import { personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

/** What can be done with a payout, and where it leads. */
export interface PayoutSetting {
  busy: boolean
  /** Whether its lines are in sight. */
  open: boolean
  person: (id: string) => string
  rewards: (payout: string, person: string) => string
  pay: (payout: Payout) => void
  cancel: (payout: Payout) => void
}

/** A batch: its lines by person, the list for the bank, and the way to mark it paid or give it up. */
export function payoutCard(payout: Payout, setting: PayoutSetting): TemplateResult {
  const { id, state, total, data } = payout
  return html`
    <li class="panel payout ${state}" data-id=${id}>
      <header>
        <div>
          <h3>${totalOf(payout)} <span class="badge ${state}">${text(`payout_${state}`)}</span></h3>
          <p class="small muted">${about(payout)}</p>
        </div>
        <p class="acts">
          ${total.length > 0 ? html`<a class="button" href=${`/v1/payouts/${id}?format=csv`} download>${text('payout_csv')}</a>` : nothing}
          ${
            state === 'open'
              ? html`
                  <button class="button" type="button" ?disabled=${setting.busy} @click=${() => setting.cancel(payout)}>
                    ${text('payout_do_cancel')}
                  </button>
                  <button class="button main" type="button" ?disabled=${setting.busy} @click=${() => setting.pay(payout)}>
                    ${text(`payout_do_pay_${payout.method}`)}
                  </button>
                `
              : nothing
          }
        </p>
      </header>
      ${
        data.length > 0
          ? html`
              <details ?open=${setting.open}>
                <summary class="small">${text('payout_lines', { count: data.length, n: formatCount(data.length, language()) })}</summary>
                ${lines(payout, setting)}
              </details>
            `
          : nothing
      }
    </li>
  `
}

/** What a batch comes to, in each currency. */
export const totalOf = ({ total }: Payout): string =>
  total.map((money) => formatMoney(money, language())).join(' + ') || '–'

function about({ method, createdAt, createdBy, paidAt, rewards }: Payout): string {
  const lang = language()
  const made = text('payout_made', { when: formatMoment(createdAt, lang), who: createdBy })
  const paid = paidAt ? [text('payout_paid_at', { when: formatMoment(paidAt, lang) })] : []
  const count = text('rewards_n', { count: rewards, n: formatCount(rewards, lang) })
  return [text(`method_${method}`), count, made, ...paid].join(' · ')
}

function lines({ id, data, method, state }: Payout, { person, rewards }: PayoutSetting): TemplateResult {
  const coupons = method === 'coupon' && state === 'paid'
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${text('payout_lines_label')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text('person')}</th>
            ${method === 'money' ? html`<th scope="col">${text('payout_to')}</th>` : nothing}
            ${coupons ? html`<th scope="col">${text('payout_coupon')}</th>` : nothing}
            <th scope="col" class="number">${text('rewards')}</th>
            <th scope="col" class="number">${text('payout_amount')}</th>
          </tr>
        </thead>
        <tbody>
          ${data.map(
            (line) => html`
              <tr>
                <th scope="row">${personLink(line.person, person)}</th>
                ${method === 'money' ? html`<td>${line.payTo ?? html`<span class="missing">${text('payout_to_none')}</span>`}</td>` : nothing}
                ${coupons ? html`<td><code>${line.coupon}</code></td>` : nothing}
                <td class="number"><a href=${rewards(id, line.person.id)}>${formatCount(line.rewards, language())}</a></td>
                <td class="number">${formatMoney(line.amount, language())}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `
}
