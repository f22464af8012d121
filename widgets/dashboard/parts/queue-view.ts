import type { PropertyDeclarations } from 'lit'
import { View } from '../view.ts'

/** Most rows in one decision, by the contract. */
export const MOST_AT_ONCE = 100

/** A list that is worked through: some of it is selected, the keyboard is at one row, something is being said of others. */
export abstract class QueueView<Row extends { id: string }, Act extends string> extends View {
  static override properties: PropertyDeclarations = {
    ...View.properties,
    selected: { state: true },
    current: { state: true },
    saying: { state: true },
  }

  declare selected: ReadonlySet<string>
  /** The row that the keyboard is at. */
  declare current: string | undefined
  /** What is being said of rows, before the server has answered. */
  declare saying: ReadonlyMap<string, Act>

  constructor() {
    super()
    this.selected = new Set()
    this.saying = new Map()
  }

  /** The rows that are shown. */
  protected abstract get rows(): readonly Row[]

  /** The row that the keyboard is at, if it is shown. */
  protected get currentRow(): Row | undefined {
    return this.rows.find(({ id }) => id === this.current)
  }

  /** Whether another list is asked for than before: then nothing of the old one is selected. */
  protected startAfresh(): void {
    this.selected = new Set()
    this.current = undefined
  }

  protected toggle(id: string): void {
    const selected = new Set(this.selected)
    if (!selected.delete(id) && selected.size < MOST_AT_ONCE) selected.add(id)
    this.selected = selected
  }

  protected selectAll(rows: readonly Row[]): void {
    this.selected = new Set(rows.map(({ id }) => id))
  }

  protected readonly unselect = (): void => {
    this.selected = new Set()
  }

  /** Says something of some rows at once, and takes it back when that is over; what was done is no longer selected. */
  protected async say(ids: readonly string[], act: Act, done: () => Promise<boolean>): Promise<void> {
    this.saying = new Map([...this.saying, ...ids.map((id) => [id, act] as const)])
    try {
      if (await done()) this.selected = new Set([...this.selected].filter((id) => !ids.includes(id)))
    } finally {
      this.saying = new Map([...this.saying].filter(([id]) => !ids.includes(id)))
    }
  }

  /** Moves the keyboard so many rows on. */
  protected step(by: number): void {
    void this.moveTo(this.rows.findIndex(({ id }) => id === this.current) + by)
  }

  /** Moves the keyboard to a row, or to the nearest there is. */
  protected async moveTo(position: number): Promise<void> {
    const row = this.rows[Math.max(0, Math.min(position, this.rows.length - 1))]
    this.current = row?.id
    await this.updateComplete
    if (row) this.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(row.id)}"]`)?.focus()
  }

  /** Changes the list; a row that leaves it under the keyboard hands over to the one that comes in its place. */
  protected async changeRows(change: () => Promise<unknown>): Promise<void> {
    const position = this.rows.findIndex(({ id }) => id === this.current)
    await change()
    if (position >= 0 && !this.currentRow) await this.moveTo(position)
  }
}
