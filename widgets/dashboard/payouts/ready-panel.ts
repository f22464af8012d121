import { html, nothing, type TemplateResult } from 'lit'
import type { Payouts } from '../../../server/contract/rewards.ts'
import { formatCount } from '../format.ts'
import { formatMoney } from '../money.ts'
import { language, text } from '../texts.ts'

type Ready = Payouts['ready'][number]
type Method = Ready['method']

/** What is approved and in no batch yet, by method, each with the way to make a batch of it. */
export function readyPanel(
  ready: readonly Ready[],
  busy: boolean,
  links: { waiting: string; approved: string },
  make: (method: Method) => void,
): TemplateResult {
  const methods = [...new Set(ready.map(({ method }) => method))]
  return html`
    <section class="panel" aria-labelledby="ready">
      <header><h2 id="ready">${text('payout_ready')}</h2></header>
      ${
        methods.length === 0
          ? html`
              <div class="nothing">
                <p class="muted">${text('payout_ready_none')}</p>
                <p><a href=${links.waiting}>${text('payout_see_waiting')}</a></p>
              </div>
            `
          : html`<ul>${methods.map((method) => one(method, ready, busy, links.approved, make))}</ul>`
      }
    </section>
  `
}

function one(
  method: Method,
  ready: readonly Ready[],
  busy: boolean,
  approved: string,
  make: (method: Method) => void,
) {
  const lang = language()
  const rows = ready.filter((row) => row.method === method)
  // A person with two currencies is in two rows: most in one row is what can be said for sure.
  const people = Math.max(...rows.map((row) => row.people))
  const unaddressed = Math.max(...rows.map((row) => row.unaddressed))
  return html`
    <li class="ready">
      <div class="sums">
        <p class="total">${rows.map(({ total }) => html`<a href=${approved}>${formatMoney(total, lang)}</a>`)}</p>
        <p class="muted">${text('payout_ready_about', { method: text(`method_${method}`), people: text('people_n', { count: people, n: formatCount(people, lang) }) })}</p>
        ${
          method === 'money' && unaddressed > 0
            ? html`<p class="warning">${text('payout_unaddressed', { count: unaddressed, n: formatCount(unaddressed, lang) })}</p>`
            : nothing
        }
      </div>
      <button class="button main" type="button" ?disabled=${busy} @click=${() => make(method)}>
        ${text('payout_make')}
      </button>
    </li>
  `
}
