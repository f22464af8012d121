import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** What the keyboard can do in the queue, by key. */
export const KEYS = {
  j: 'next',
  k: 'previous',
  x: 'select',
  a: 'approve',
  r: 'refuse',
  w: 'why',
  '?': 'help',
} as const
export type Command = (typeof KEYS)[keyof typeof KEYS]

const isKey = (key: string): key is keyof typeof KEYS => Object.hasOwn(KEYS, key)

/** Hears the queue's keys wherever the focus is, except where one types, and while a dialog is open. */
export class QueueKeys implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #command: (command: Command) => void

  constructor(host: ReactiveControllerHost & HTMLElement, command: (command: Command) => void) {
    this.#host = host
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
    const { key } = event
    if (!isKey(key) || isTypedIn(event.composedPath()[0])) return
    if (this.#host.shadowRoot?.querySelector('dialog[open]')) return
    event.preventDefault()
    this.#command(KEYS[key])
  }
}

function isTypedIn(target: EventTarget | undefined): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
