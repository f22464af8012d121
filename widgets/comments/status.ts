import { html, type ReactiveControllerHost, type TemplateResult } from 'lit'

/** How long something that all should see is seen, in milliseconds. */
const SEEN_MS = 6_000

/** What an element says of itself: to those who hear it, and of some things to those who see it. */
export class Status {
  #host: ReactiveControllerHost
  #said = ''
  #seen = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  /** Says something; `seen`: for all to see, for a moment. */
  say(words: string, seen = false): void {
    this.#said = words
    this.#seen = seen
    this.#host.requestUpdate()
    clearTimeout(this.#timer)
    if (seen) this.#timer = setTimeout(() => this.say(''), SEEN_MS)
  }

  /** Takes back what all see: something else has their attention now. */
  hush(): void {
    if (this.#seen) this.say('')
  }

  render(): TemplateResult {
    return html`<p class=${this.#seen ? 'toast' : 'unseen'} role="status">${this.#said}</p>`
  }
}
