import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { Programmes } from '../../../server/contract/programmes.ts'
import type { Reward, Rewards } from '../../../server/contract/rewards.ts'
import { post, RequestError, read } from '../api.ts'
import { PagedReport } from '../paged.ts'
import { dialogs } from '../parts/dialog.styles.ts'
import { exportLinks } from '../parts/export-links.ts'
import { further } from '../parts/further.ts'
import { keysDialog, keysHint } from '../parts/keys-help.ts'
import { QueueKeys } from '../parts/queue-keys.ts'
import { MOST_AT_ONCE, QueueView } from '../parts/queue-view.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { Report } from '../report.ts'
import { text } from '../texts.ts'
import { decisionBar, type Outcome, outcomeLine } from './decision-bar.ts'
import { emptyQueue, queueHead } from './queue-head.ts'
import { receiptDialog, type ShownReceipt } from './receipt-dialog.ts'
import { type Act, type Command, can, FILTERS, isOpen, KEYS, shownState } from './reward-acts.ts'
import { rewardRow } from './reward-row.ts'
import { rewardStyles } from './rewards.styles.ts'

/** The queue of rewards: those that wait for the owner first, and every other by state, programme or person. */
export class GrapevineRewards extends QueueView<Reward, Act> {
  static override styles = [QueueView.styles, tables, dialogs, rewardStyles].flat()
  static override properties: PropertyDeclarations = {
    ...QueueView.properties,
    outcome: { state: true },
    receipt: { state: true },
    help: { state: true },
  }

  declare outcome: Outcome | undefined
  declare receipt: ShownReceipt | undefined
  declare help: boolean

  readonly #report = new PagedReport<Reward, Rewards>(
    this,
    () => JSON.stringify(this.#wanted),
    (signal, limit, cursor) => read('/v1/rewards', { ...this.#wanted, limit, cursor }, signal),
  )
  readonly #programmes = new Report<Programmes>(
    this,
    () => 'all',
    (signal) => read('/v1/programmes', {}, signal),
  )

  constructor() {
    super()
    this.help = false
    new QueueKeys<Command>(this, KEYS, (command) => this.#command(command))
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('route')
    if (before && JSON.stringify(before.options) !== JSON.stringify(this.route.options)) {
      this.startAfresh()
      this.outcome = undefined
    }
  }

  override updated(changed: PropertyValues<this>): void {
    if ((changed.has('receipt') && this.receipt) || (changed.has('help') && this.help)) {
      const dialog = this.renderRoot.querySelector('dialog')
      if (dialog && !dialog.open) dialog.showModal()
    }
  }

  override render() {
    return html`
      <div class="stack">
        ${queueHead({
          state: this.#state,
          options: this.route.options,
          programmes: this.#programmes.data?.data ?? [],
          first: this.#report.data?.data[0],
          link: (options) => this.linkWith(options),
        })}
        ${shown(this.#report, html`<div class="skeleton list-place"></div>`, ({ data }) => this.#ready(data))}
        <div class="foot">
          ${outcomeLine(this.outcome, (act, ids) => void this.#decide(ids, act))}
          ${this.selected.size > 0 ? decisionBar(this.selected.size, this.#decideSelected, this.unselect) : nothing}
        </div>
      </div>
      ${this.receipt ? receiptDialog(this.receipt, this.#closed) : nothing}
      ${this.help ? keysDialog<Command>(KEYS, (command) => `key_${command}`, this.#closed) : nothing}
    `
  }

  get #state() {
    return shownState(this.route.options)
  }

  get #wanted() {
    const { options } = this.route
    const filters = FILTERS.flatMap((name) => (options[name] ? [[name, options[name]]] : []))
    return { ...Object.fromEntries(filters), ...(this.#state === 'all' ? {} : { state: this.#state }) }
  }

  #ready(data: Reward[]): TemplateResult {
    if (data.length === 0) return emptyQueue(this.#state, (options) => this.linkWith(options))
    const open = data.filter(isOpen).slice(0, MOST_AT_ONCE)
    const all = open.length > 0 && open.every(({ id }) => this.selected.has(id))
    return html`
      <section class="panel" aria-label=${text('rewards')}>
        <header>
          ${
            open.length > 0
              ? html`<label class="all"
                  ><input
                    type="checkbox"
                    .checked=${all}
                    @change=${() => this.selectAll(all ? [] : open)}
                  />${text('reward_select_all')}</label
                >`
              : html`<span></span>`
          }
          <span class="tools">
            ${keysHint(MOST_USED, () => this.#command('help'))} ${exportLinks('/v1/rewards', this.#wanted)}
          </span>
        </header>
        <ul class="rewards">
          ${data.map((reward) => this.#row(reward))}
        </ul>
        ${further(this.#report)}
      </section>
    `
  }

  #row(reward: Reward): TemplateResult {
    const { id } = reward
    return rewardRow(reward, {
      selected: this.selected.has(id),
      current: id === this.current,
      saying: this.saying.get(id),
      person: this.linkToPerson,
      programme: (programme) => this.linkTo({ view: 'programmes', options: { programme } }),
      conversion: (conversion) => this.linkTo({ view: 'conversions', options: { conversion } }),
      payout: (payout) => this.linkTo({ view: 'payouts', options: { payout } }),
      select: () => this.toggle(id),
      decide: (act) => void this.#decide([id], act),
      why: () => void this.#why(reward),
    })
  }

  readonly #decideSelected = (act: Act, note: string): void =>
    void this.#decide([...this.selected], act, note)

  /** Says it at once and sends it; what the server refuses is taken back, and told. */
  #decide(rewards: string[], act: Act, note = ''): Promise<void> {
    this.outcome = undefined
    return this.say(rewards, act, async () => {
      try {
        const { data } = await post('/v1/rewards/decisions', { rewards, act, ...(note ? { note } : {}) })
        await this.#take(data)
        this.outcome = { act, rewards: data }
        return true
      } catch (error) {
        if (!(error instanceof RequestError)) throw error
        this.outcome = { act, error }
        return false
      }
    })
  }

  /** Puts rewards as they are now in the place of what is shown; those that the list does not ask for leave it. */
  async #take(decided: readonly Reward[]): Promise<void> {
    const now = new Map(decided.map((reward) => [reward.id, reward]))
    const fits = ({ state }: Reward) => this.#state === 'all' || state === this.#state
    await this.changeRows(() =>
      this.#report.extend(async (page) => ({
        ...page,
        data: page.data.map((one) => now.get(one.id) ?? one).filter(fits),
      })),
    )
    if (this.rows.length === 0 && this.#report.data?.next) await this.#report.more()
  }

  async #why({ id, person }: Reward): Promise<void> {
    const asked: ShownReceipt = { reward: id, person }
    this.receipt = asked
    const answer = await read(`/v1/rewards/${id}/receipt`).then(
      (signed) => ({ signed }),
      (error: RequestError) => ({ error }),
    )
    // Closed meanwhile, or another one asked for.
    if (this.receipt === asked) this.receipt = { ...asked, ...answer }
  }

  protected override get rows(): readonly Reward[] {
    return this.#report.data?.data ?? []
  }

  #command(command: Command): void {
    const row = this.currentRow
    if (command === 'help') this.help = true
    else if (command === 'next') this.step(1)
    else if (command === 'previous') this.step(-1)
    else if (command === 'approve' || command === 'refuse') this.#say(command, row)
    else if (row && command === 'select' && isOpen(row)) this.toggle(row.id)
    else if (row && command === 'why') void this.#why(row)
  }

  /** An act by the keyboard is about what is selected, else about the row it is at. */
  #say(act: Act, row: Reward | undefined): void {
    if (this.selected.size > 0) this.renderRoot.querySelector<HTMLButtonElement>(`.decide .${act}`)?.click()
    else if (row && can(act, row) && !this.saying.has(row.id)) void this.#decide([row.id], act)
  }

  readonly #closed = (): void => {
    this.receipt = undefined
    this.help = false
  }
}

const MOST_USED = [
  ['j k', 'key_move'],
  ['a', 'key_approve'],
  ['r', 'key_refuse'],
] as const

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-rewards': GrapevineRewards
  }
}
