import type { ReactiveControllerHost } from 'lit'

/** Settings while they are changed: what is saved, what was changed of it, and what the server did not take. */
export class SettingsDraft<Saved extends object, Change extends object> {
  changed: Partial<Change> = {}
  /** What is wrong with a field, in the server's words, by its path. */
  fault: { field: string; message: string } | undefined

  readonly #host: ReactiveControllerHost
  #saved: Saved | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  /** Begins with what is saved; changes that were not saved yet stay. */
  start(saved: Saved): void {
    this.#saved = saved
  }

  get unsaved(): boolean {
    return Object.keys(this.changed).length > 0
  }

  /** What a field shows. */
  get<Name extends keyof Saved & keyof Change>(name: Name): Saved[Name] {
    return (name in this.changed ? this.changed[name] : this.#saved?.[name]) as Saved[Name]
  }

  /** Takes what the owner typed or chose. What is as it was saved is no change. */
  set<Name extends keyof Saved & keyof Change>(name: Name, value: Change[Name]): void {
    const { [name]: _, ...others } = this.changed
    const same = JSON.stringify(value) === JSON.stringify(this.#saved?.[name])
    this.changed = (same ? others : { ...others, [name]: value }) as Partial<Change>
    if (this.fault && pathBegins(this.fault.field, String(name))) this.fault = undefined
    this.#host.requestUpdate()
  }

  /** What is wrong with a field or within it; said beside its own name, so not by the name on the wire. */
  faultOf(name: string): string | undefined {
    if (!this.fault || !pathBegins(this.fault.field, name)) return undefined
    const { field, message } = this.fault
    const said = message.startsWith(`${field} `) ? message.slice(field.length + 1) : message
    return said.charAt(0).toUpperCase() + said.slice(1)
  }

  /** Forgets what was changed. */
  discard(): void {
    this.changed = {}
    this.fault = undefined
    this.#host.requestUpdate()
  }
}

const pathBegins = (path: string, name: string): boolean =>
  path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)
