import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { Programmes } from '../../../server/contract/programmes.ts'
import type { Balances, NewPayout, Payout, Payouts } from '../../../server/contract/rewards.ts'
import { post, RequestError, read, remove } from '../api.ts'
import { confirmDialog, type Question } from '../parts/confirm-dialog.ts'
import { dialogs } from '../parts/dialog.styles.ts'
import { exportLinks } from '../parts/export-links.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { Report } from '../report.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { balancesTable } from './balances-table.ts'
import { payoutCard, totalOf } from './payout-card.ts'
import { payoutStyles } from './payouts.styles.ts'
import { readyPanel } from './ready-panel.ts'

/** What is ready to be paid, the batches that are or were paid, and the books. */
export class GrapevinePayouts extends View {
  static override styles = [View.styles, tables, dialogs, payoutStyles].flat()
  static override properties: PropertyDeclarations = {
    ...View.properties,
    busy: { state: true },
    notice: { state: true },
    question: { state: true },
  }

  declare busy: boolean
  declare notice: { good: boolean; text: string } | undefined
  declare question: Question | undefined

  readonly #payouts = new Report<Payouts>(
    this,
    () => 'latest',
    (signal) => read('/v1/payouts', {}, signal),
  )
  readonly #balances = new Report<Balances>(
    this,
    () => 'all',
    (signal) => read('/v1/ledger/balances', {}, signal),
  )
  readonly #programmes = new Report<Programmes>(
    this,
    () => 'all',
    (signal) => read('/v1/programmes', {}, signal),
  )
  /** The one payout that a link names, which may be older than those listed. */
  readonly #one = new Report<Payout | undefined>(
    this,
    () => this.route.options.payout ?? '',
    async (signal) => {
      const { payout } = this.route.options
      return payout === undefined ? undefined : read(`/v1/payouts/${payout}`, {}, signal)
    },
  )

  constructor() {
    super()
    this.busy = false
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('question') && this.question) this.renderRoot.querySelector('dialog')?.showModal()
  }

  override render() {
    return html`
      <div class="stack">
        <div class="said" role="status">${this.notice?.good ? html`<p class="notice panel">${this.notice.text}</p>` : nothing}</div>
        ${this.notice?.good === false ? html`<p class="notice panel bad" role="alert">${this.notice.text}</p>` : nothing}
        ${this.route.options.payout === undefined ? this.#all() : this.#single()}
      </div>
      ${this.question ? confirmDialog(this.question, this.#answered) : nothing}
    `
  }

  #all(): TemplateResult {
    const place = html`<div class="stack"><div class="skeleton ready-place"></div><div class="skeleton list-place"></div></div>`
    return html`
      ${shown(this.#payouts, place, (payouts) => this.#ready(payouts))}
      <section class="panel" aria-labelledby="ledger">
        <header><h2 id="ledger">${text('ledger')}</h2>${exportLinks('/v1/ledger/balances')}</header>
        ${shown(this.#balances, html`<div class="skeleton ready-place"></div>`, (balances) =>
          balancesTable(
            balances,
            new Map((this.#programmes.data?.data ?? []).map(({ id, name }) => [id, name])),
            this.linkToPerson,
          ),
        )}
      </section>
    `
  }

  #single(): TemplateResult {
    return html`
      <p class="small"><a href=${this.linkTo({ options: {} })}>← ${text('payouts_back')}</a></p>
      ${shown(this.#one, html`<div class="skeleton ready-place"></div>`, (payout) =>
        payout ? html`<ul>${this.#card(payout, true)}</ul>` : html``,
      )}
    `
  }

  #ready({ ready, data }: Payouts): TemplateResult {
    const [open, past] = [data.filter(isOpen), data.filter((payout) => !isOpen(payout))]
    const links = {
      waiting: this.linkTo({ view: 'rewards', options: { state: 'review' } }),
      approved: this.linkTo({ view: 'rewards', options: { state: 'approved' } }),
    }
    return html`
      <div class="stack">
        ${readyPanel(ready, this.busy, links, (method) => void this.#make({ method }))}
        ${open.length > 0 ? this.#list('open', open) : nothing}
        ${past.length > 0 ? this.#list('past', past) : nothing}
      </div>
    `
  }

  #list(which: 'open' | 'past', payouts: readonly Payout[]): TemplateResult {
    return html`
      <section aria-labelledby=${which} class="batches">
        <header>
          <h2 id=${which}>${text(`payouts_${which}`)}</h2>
          ${which === 'past' ? exportLinks('/v1/payouts') : nothing}
        </header>
        <ul>${payouts.map((payout) => this.#card(payout, which === 'open'))}</ul>
      </section>
    `
  }

  #card(payout: Payout, open: boolean): TemplateResult {
    return payoutCard(payout, {
      busy: this.busy,
      open,
      person: this.linkToPerson,
      rewards: (payout, person) => this.linkTo({ view: 'rewards', options: { payout, person } }),
      pay: this.#askToPay,
      cancel: this.#askToCancel,
    })
  }

  #make(wanted: NewPayout): Promise<void> {
    return this.#act(() => post('/v1/payouts', wanted), text('payout_is_made'))
  }

  readonly #askToPay = (payout: Payout): void => {
    const missing = payout.data.filter(({ payTo }) => payTo === null).length
    this.question = {
      title: text('payout_pay_ask', { total: totalOf(payout) }),
      body: html`
        <p>${text(`payout_pay_hint_${payout.method}`)}</p>
        ${
          payout.method === 'money' && missing > 0
            ? html`<p class="warning">${text('payout_unaddressed', { count: missing, n: String(missing) })}</p>`
            : nothing
        }
      `,
      yes: text(`payout_do_pay_${payout.method}`),
      no: text('cancel'),
      go: () =>
        void this.#act(
          () => post(`/v1/payouts/${payout.id}/paid`, {}),
          text(`payout_is_paid_${payout.method}`),
        ),
    }
  }

  readonly #askToCancel = (payout: Payout): void => {
    this.question = {
      title: text('payout_cancel_ask', { total: totalOf(payout) }),
      body: text('payout_cancel_hint'),
      yes: text('payout_do_cancel'),
      no: text('payout_keep'),
      go: () => void this.#act(() => remove(`/v1/payouts/${payout.id}`), text('payout_is_cancelled')),
    }
  }

  async #act(does: () => Promise<unknown>, done: string): Promise<void> {
    this.busy = true
    this.notice = undefined
    try {
      await does()
      this.notice = { good: true, text: done }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.notice = { good: false, text: error.status === 0 ? text('error_unreachable') : error.message }
    }
    await Promise.all([
      this.#payouts.extend((_, signal) => read('/v1/payouts', {}, signal)),
      this.#balances.extend((_, signal) => read('/v1/ledger/balances', {}, signal)),
      this.#one.extend(async (payout, signal) => payout && read(`/v1/payouts/${payout.id}`, {}, signal)),
    ])
    this.busy = false
  }

  readonly #answered = (): void => {
    this.question = undefined
  }
}

const isOpen = ({ state }: Payout): boolean => state === 'open'

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-payouts': GrapevinePayouts
  }
}
