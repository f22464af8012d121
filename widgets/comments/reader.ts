import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Narrower than this (px), fewer levels are indented. */
const NARROW = 480
const LEVELS = 6
const LEVELS_NARROW = 3
/** How long (ms) a reader is here before the thread is followed: whoever leaves again at once costs no stream. */
const STAY_MS = 3_000
/** How often it is said anew how long ago something was, in milliseconds. */
const TICK_MS = 60_000

/** Who hears of the reader. */
interface ReaderHost extends ReactiveControllerHost, Element {
  /** They come near: what they look for should be there when they are. */
  come(): void
  /** They have been here for a while; or they look away. */
  look(on: boolean): void
  /** The width has turned, and with it how many levels can be indented. */
  fit(): void
  /** Time has passed. */
  tick(): void
}

/** Where the reader of an element is: near it, at it for a while, and on how wide a page. */
export class Reader implements ReactiveController {
  near = false
  /** Levels that can be indented. */
  levels = LEVELS
  #host: ReaderHost
  #stay: ReturnType<typeof setTimeout> | undefined
  #clock: ReturnType<typeof setInterval> | undefined
  #sight = new IntersectionObserver(
    (entries) => {
      this.near = entries.at(-1)?.isIntersecting ?? false
      if (this.near) this.#host.come()
      this.look()
    },
    { rootMargin: '75% 0px' },
  )
  #size = new ResizeObserver(([entry]) => {
    const levels = (entry?.contentRect.width ?? NARROW) < NARROW ? LEVELS_NARROW : LEVELS
    if (levels === this.levels) return
    this.levels = levels
    // Drawn in its own time: a page would hear of it as an error otherwise.
    setTimeout(() => this.#host.fit())
  })

  constructor(host: ReaderHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    this.#sight.observe(this.#host)
    this.#size.observe(this.#host)
    document.addEventListener('visibilitychange', this.look)
    this.#clock = setInterval(() => this.#host.tick(), TICK_MS)
  }

  hostDisconnected(): void {
    this.#sight.disconnect()
    this.#size.disconnect()
    document.removeEventListener('visibilitychange', this.look)
    clearInterval(this.#clock)
    this.near = false
    this.look()
  }

  /** Tells whether the thread is looked at. */
  look = (): void => {
    clearTimeout(this.#stay)
    if (this.near && document.visibilityState === 'visible')
      this.#stay = setTimeout(() => this.#host.look(true), STAY_MS)
    else this.#host.look(false)
  }
}
