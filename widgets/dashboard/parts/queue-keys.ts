import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** What each key of a queue does. */
export type Keys<Command extends string> = Readonly<Record<string, Command>>

/** Hears the queue's keys wherever the focus is, except where one types, and while a dialog is open. */
export class QueueKeys<Command extends string> implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #keys: Keys<Command>
  readonly #command: (command: Command) => void

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    keys: Keys<Command>,
    command: (command: Command) => void,
  ) {
    this.#host = host
    this.#keys = keys
    this.#command = command
    host.addController(this)
  }

  hostConnected(): void {
    addEventListener('keydown', this.#pressed)
  }

  hostDisconnected(): void {
    removeEventListener('keydown', this.#pressed)
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return
    const command = Object.hasOwn(this.#keys, event.key) ? this.#keys[event.key] : undefined
    if (command === undefined || isTypedIn(event.composedPath()[0])) return
    if (this.#host.shadowRoot?.querySelector('dialog[open]')) return
    event.preventDefault()
    this.#command(command)
  }
}

function isTypedIn(target: EventTarget | undefined): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
