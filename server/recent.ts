/** Remembers what was looked up a moment ago. What was not found is looked up anew each time. */
export class Recent<T> {
  readonly #known = new Map<string, { value: T; until: number }>()
  readonly #options: { forMs: number; most: number; now: () => number }

  constructor(options: { forMs: number; most: number; now: () => number }) {
    this.#options = options
  }

  /** The value of a key, if it was looked up a moment ago. */
  get(key: string): T | undefined {
    const known = this.#known.get(key)
    return known && known.until > this.#options.now() ? known.value : undefined
  }

  /** The value of a key, looked up unless it was a moment ago. */
  async find(key: string, lookUp: () => Promise<T | undefined>): Promise<T | undefined> {
    const recent = this.get(key)
    if (recent !== undefined) return recent
    const { forMs, most, now } = this.#options
    const value = await lookUp()
    if (this.#known.size >= most) this.#known.clear()
    if (value === undefined) this.#known.delete(key)
    else this.#known.set(key, { value, until: now() + forMs })
    return value
  }

  forget(): void {
    this.#known.clear()
  }
}
