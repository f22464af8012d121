import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { ModeratedComment, ModerationAct, NewBan, Queue } from '../../../server/contract/moderation.ts'
import { post, RequestError, read } from '../api.ts'
import { PagedReport } from '../paged.ts'
import { dialogs } from '../parts/dialog.styles.ts'
import { exportLinks } from '../parts/export-links.ts'
import { further } from '../parts/further.ts'
import { keysDialog, keysHint } from '../parts/keys-help.ts'
import { QueueKeys } from '../parts/queue-keys.ts'
import { MOST_AT_ONCE, QueueView } from '../parts/queue-view.ts'
import { shown } from '../parts/states.ts'
import { text } from '../texts.ts'
import { type Banning, banDialog } from './ban-dialog.ts'
import { commentRow } from './comment-row.ts'
import { contextDialog, type ShownContext } from './context-dialog.ts'
import { decisionBar, type Outcome, outcomeLine } from './decision-bar.ts'
import { moderationStyles } from './moderation.styles.ts'
import { type Act, actsOn, type Command, FILTERS, fits, KEYS, SHOWN } from './moderation-acts.ts'
import { emptyQueue, queueHead } from './queue-head.ts'

/** The queue of comments: those that wait for a moderator first, and every other by state, page, person or words. */
export class GrapevineModeration extends QueueView<ModeratedComment, Act> {
  static override styles = [QueueView.styles, dialogs, moderationStyles].flat()
  static override properties: PropertyDeclarations = {
    ...QueueView.properties,
    outcome: { state: true },
    context: { state: true },
    banning: { state: true },
    help: { state: true },
  }

  declare outcome: Outcome | undefined
  declare context: ShownContext | undefined
  declare banning: Banning | undefined
  declare help: boolean

  readonly #queue = new PagedReport<ModeratedComment, Queue>(
    this,
    () => JSON.stringify(this.#wanted),
    (signal, limit, cursor) => read('/v1/moderation/queue', { ...this.#wanted, limit, cursor }, signal),
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

  override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog')
    if (dialog && !dialog.open) dialog.showModal()
  }

  override render() {
    return html`
      <div class="stack">
        ${queueHead({
          shown: this.#shown,
          options: this.route.options,
          queue: this.#queue.data,
          link: (options) => this.linkWith(options),
        })}
        ${shown(this.#queue, html`<div class="skeleton list-place"></div>`, ({ data }) => this.#ready(data))}
        <div class="foot">
          ${outcomeLine(this.outcome, this.#undo)}
          ${this.selected.size > 0 ? decisionBar(this.selected.size, this.#decideSelected, this.unselect) : nothing}
        </div>
      </div>
      ${this.#dialog()}
    `
  }

  #dialog() {
    if (this.banning) return banDialog(this.banning, (ban) => void this.#ban(ban), this.#closed)
    if (this.context) return contextDialog(this.context, (act) => void this.#undoActs([act]), this.#closed)
    return this.help
      ? keysDialog<Command>(KEYS, (command) => `moderation_key_${command}`, this.#closed)
      : nothing
  }

  get #shown() {
    const { show } = this.route.options
    const filtered = FILTERS.some((name) => this.route.options[name] !== undefined)
    return SHOWN.find((one) => one === show) ?? (filtered ? 'all' : 'held')
  }

  get #wanted() {
    const { options } = this.route
    const filters = FILTERS.flatMap((name) => (options[name] ? [[name, options[name]]] : []))
    return { ...Object.fromEntries(filters), show: this.#shown }
  }

  #ready(data: ModeratedComment[]): TemplateResult {
    if (data.length === 0) return emptyQueue(this.#shown, (options) => this.linkWith(options))
    const all = data.slice(0, MOST_AT_ONCE)
    const every = all.every(({ id }) => this.selected.has(id))
    return html`
      <section class="panel" aria-label=${text('moderation')}>
        <header>
          <label class="all"
            ><input type="checkbox" .checked=${every} @change=${() => this.selectAll(every ? [] : all)} />${text('reward_select_all')}</label
          >
          <span class="tools">
            ${keysHint(MOST_USED, () => this.#command('help'))} ${exportLinks('/v1/moderation/queue', this.#wanted)}
          </span>
        </header>
        <ul>${data.map((comment) => this.#row(comment))}</ul>
        ${further(this.#queue)}
      </section>
    `
  }

  #row(comment: ModeratedComment): TemplateResult {
    const { id } = comment
    return commentRow(comment, {
      selected: this.selected.has(id),
      current: id === this.current,
      saying: this.saying.get(id),
      person: this.linkToPerson,
      ofPage: (url) => this.linkWith({ url, show: 'all' }),
      select: () => this.toggle(id),
      decide: (act) => void this.#decide([id], act),
      ban: () => {
        this.banning = { person: comment.author }
      },
      context: () => void this.#showContext(comment),
    })
  }

  readonly #decideSelected = (act: Act, note: string): void =>
    void this.#decide([...this.selected], act, note)

  /** Says it at once and sends it; what the server refuses is taken back, and told. */
  #decide(comments: string[], act: Act, note = ''): Promise<void> {
    this.outcome = undefined
    return this.say(comments, act, async () => {
      try {
        const { data, acts } = await post('/v1/moderation/decisions', { comments, act, note })
        await this.#take(data)
        this.outcome = { act, count: data.length, undo: acts }
        return true
      } catch (error) {
        if (!(error instanceof RequestError)) throw error
        this.outcome = { error }
        return false
      }
    })
  }

  /** Puts comments as they are now in the place of what is shown; those that the list does not ask for leave it. */
  async #take(decided: readonly ModeratedComment[]): Promise<void> {
    const now = new Map(decided.map((comment) => [comment.id, comment]))
    await this.changeRows(() =>
      this.#queue.extend(async (page) => ({
        ...page,
        data: page.data.map((one) => now.get(one.id) ?? one).filter((one) => fits(this.#shown, one)),
      })),
    )
    if (this.rows.length === 0 && this.#queue.data?.next) await this.#queue.more()
  }

  async #ban(ban: NewBan): Promise<void> {
    const { banning } = this
    try {
      await post('/v1/moderation/bans', ban)
      this.banning = undefined
      this.outcome = { act: 'ban', count: 1, undo: [] }
      this.#queue.retry()
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      if (banning)
        this.banning = { ...banning, fault: error.status === 0 ? text('error_unreachable') : error.message }
    }
  }

  readonly #undo = (): void => {
    if (this.outcome && 'undo' in this.outcome) void this.#undoActs(this.outcome.undo)
  }

  async #undoActs(acts: readonly ModerationAct[]): Promise<void> {
    try {
      // The latest first: what came later may stand upon what came before.
      for (const { id } of acts.toReversed()) await post(`/v1/moderation/acts/${id}/undo`, {})
      this.outcome = { act: 'undo', count: acts.length, undo: [] }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.outcome = { error }
    }
    this.#queue.retry()
    if (this.context) void this.#showContext(this.context.comment)
  }

  async #showContext(comment: ModeratedComment): Promise<void> {
    const asked: ShownContext = { comment }
    this.context = asked
    const answer = await read(`/v1/moderation/comments/${comment.id}`).then(
      (context) => ({ context }),
      (error: RequestError) => ({ error }),
    )
    // Closed meanwhile, or another one asked for.
    if (this.context === asked) this.context = { ...asked, ...answer }
  }

  protected override get rows(): readonly ModeratedComment[] {
    return this.#queue.data?.data ?? []
  }

  #command(command: Command): void {
    const row = this.currentRow
    if (command === 'help') this.help = true
    else if (command === 'undo') this.#undo()
    else if (command === 'next') this.step(1)
    else if (command === 'previous') this.step(-1)
    else if (command === 'approve' || command === 'hold' || command === 'refuse') this.#say(command, row)
    else if (row && command === 'select') this.toggle(row.id)
    else if (row && command === 'ban') this.banning = { person: row.author }
    else if (row && command === 'context') void this.#showContext(row)
  }

  /** An act by the keyboard is about what is selected, else about the row it is at. */
  #say(act: Act, row: ModeratedComment | undefined): void {
    if (this.selected.size > 0) this.renderRoot.querySelector<HTMLButtonElement>(`.decide .${act}`)?.click()
    else if (row && actsOn(row).includes(act) && !this.saying.has(row.id)) void this.#decide([row.id], act)
  }

  readonly #closed = (): void => {
    this.context = undefined
    this.banning = undefined
    this.help = false
  }
}

const MOST_USED = [
  ['j k', 'key_move'],
  ['a', 'moderation_key_approve'],
  ['h', 'moderation_key_hold'],
  ['r', 'moderation_key_refuse'],
] as const

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-moderation': GrapevineModeration
  }
}
