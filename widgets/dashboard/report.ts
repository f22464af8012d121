import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { RequestError } from './api.ts'

/** Told by an element whose request was refused because the session has ended. */
export const SIGNED_OUT = 'grapevine-signed-out'

/** An element that shows reports: `revision` grows whenever the server says that something changed. */
export interface ReportHost extends ReactiveControllerHost, EventTarget {
  revision: number
}

/**
 * One report as a state of its element. It is read when its key changes and again, silently, at each new revision: what
 * is shown stays until its successor is there, so nothing flickers.
 */
export class Report<T> implements ReactiveController {
  data: T | undefined
  error: RequestError | undefined
  /** Something is on its way that the owner asked for (not a silent refresh). */
  busy = false

  readonly #host: ReportHost
  readonly #key: () => string
  readonly #load: (signal: AbortSignal, before: T | undefined) => Promise<T>
  #shown: string | undefined
  #revision = 0
  #running: AbortController | undefined

  /** `load` is given what is shown now, if it is of the same key. */
  constructor(
    host: ReportHost,
    key: () => string,
    load: (signal: AbortSignal, before: T | undefined) => Promise<T>,
  ) {
    this.#host = host
    this.#key = key
    this.#load = load
    host.addController(this)
  }

  hostUpdate(): void {
    const key = this.#key()
    if (key === this.#shown && this.#host.revision === this.#revision) return
    const silent = key === this.#shown
    this.#shown = key
    this.#revision = this.#host.revision
    void this.#run(silent)
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#shown = undefined
  }

  /** Reads again, as after an error. */
  retry(): void {
    void this.#run(false)
    this.#host.requestUpdate()
  }

  /** Replaces what is shown, as when a further page has been read. */
  async extend(load: (data: T, signal: AbortSignal) => Promise<T>): Promise<void> {
    const { data } = this
    if (data) await this.#settle((signal) => load(data, signal), false)
  }

  async #run(silent: boolean): Promise<void> {
    await this.#settle((signal) => this.#load(signal, silent ? this.data : undefined), silent)
  }

  async #settle(load: (signal: AbortSignal) => Promise<T>, silent: boolean): Promise<void> {
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    if (!silent) {
      this.busy = true
      this.error = undefined
    }
    try {
      const data = await load(running.signal)
      if (running.signal.aborted) return
      this.data = data
      this.error = undefined
    } catch (error) {
      if (running.signal.aborted) return
      // A failed refresh leaves the last good numbers up; the next one will tell.
      if (!(silent && this.data)) this.error = error as RequestError
      if ((error as RequestError).status === 401)
        this.#host.dispatchEvent(new Event(SIGNED_OUT, { bubbles: true, composed: true }))
    }
    this.busy = false
    this.#host.requestUpdate()
  }
}
