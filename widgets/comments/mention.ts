import { html, nothing, type TemplateResult } from 'lit'
import type { Named } from '../../server/contract/values.ts'
import type { Texts } from '../core/i18n.ts'
import { readOwn } from '../core/request-own.ts'
import type { CommentsMoreKey } from '../locales/comments-more.en.ts'
import type { CommentsHost } from './host.ts'
import { named, query } from './reading.ts'

/** An `@` that begins a word, and what follows it up to the caret. */
const CALL = /(?:^|[^\p{L}\p{N}\p{M}_@])@([^\n@]{0,40})$/u
/** The server is asked this long (ms) after the last key. */
const PAUSE_MS = 120

type Person = Named & { name: string }

/** The people of a thread, offered while one of them is called. The focus stays in the field. */
export class Mentions {
  #host: CommentsHost
  #texts: Texts<CommentsMoreKey>
  #id: string
  #people: Person[] = []
  #chosen = 0
  #field: HTMLTextAreaElement | undefined
  /** What was called and found nobody: longer ones find nobody either. */
  #nobody: string | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: CommentsHost, texts: Texts<CommentsMoreKey>, id: string) {
    this.#host = host
    this.#texts = texts
    this.#id = id
  }

  /** Looks whether somebody is being called in the field, and whom that may mean. */
  look(field: HTMLTextAreaElement): void {
    this.#field = field
    clearTimeout(this.#timer)
    const called = this.#called()
    const vain = this.#nobody !== undefined && called?.startsWith(this.#nobody)
    if (called === undefined || vain) this.close()
    else this.#timer = setTimeout(() => this.#ask(called), PAUSE_MS)
  }

  /** Closes the list. */
  close(): void {
    clearTimeout(this.#timer)
    if (this.#people.length === 0) return
    this.#people = []
    this.#draw()
  }

  /** Takes the keys that are for the list; answers whether this was one. */
  key(event: KeyboardEvent): boolean {
    const most = this.#people.length
    if (most === 0 || event.isComposing) return false
    const person = this.#people[this.#chosen]
    if (event.key === 'ArrowDown') this.#chosen = (this.#chosen + 1) % most
    else if (event.key === 'ArrowUp') this.#chosen = (this.#chosen + most - 1) % most
    else if (event.key === 'Escape') this.close()
    else if ((event.key === 'Enter' || event.key === 'Tab') && person && !(event.ctrlKey || event.metaKey))
      this.#take(person)
    else return false
    event.preventDefault()
    this.#draw()
    return true
  }

  /** The list, if there is somebody to choose. */
  render(): TemplateResult | typeof nothing {
    if (this.#people.length === 0) return nothing
    return html`<ul class="people" role="listbox" id=${this.#id} aria-label=${this.#texts.t('peopleHere')}>
      ${this.#people.map(
        (person, at) => html`<li
          role="option"
          id="${this.#id}-${at}"
          aria-selected=${at === this.#chosen}
          @pointerdown=${(event: Event) => event.preventDefault()}
          @click=${() => this.#take(person)}
        >
          <bdi>${person.name}</bdi>
        </li>`,
      )}
    </ul>`
  }

  #called(): string | undefined {
    const { value = '', selectionStart = 0, selectionEnd } = this.#field ?? {}
    return selectionStart === selectionEnd ? CALL.exec(value.slice(0, selectionStart))?.[1] : undefined
  }

  async #ask(called: string): Promise<void> {
    const answer = await readOwn('/v1/mentions', query({ ...named(this.#host), q: called })).catch(
      this.#host.fail,
    )
    if (!answer || this.#called() !== called) return
    const before = this.#people.length
    this.#people = answer.data.filter((one): one is Person => one.name !== null).slice(0, 8)
    this.#nobody = this.#people.length ? undefined : called
    this.#chosen = 0
    const count = this.#people.length
    if (count && count !== before) this.#host.say(this.#texts.t('people', { count }))
    this.#draw()
  }

  #take({ name }: Person): void {
    const field = this.#field
    const called = this.#called()
    this.#people = []
    this.#draw()
    if (!field || called === undefined) return
    field.focus()
    const end = field.selectionEnd
    field.setSelectionRange(end - called.length, end)
    insert(field, `${name} `)
  }

  #draw(): void {
    const field = this.#field
    if (this.#people.length) {
      field?.setAttribute('aria-controls', this.#id)
      field?.setAttribute('aria-activedescendant', `${this.#id}-${this.#chosen}`)
    } else {
      field?.removeAttribute('aria-controls')
      field?.removeAttribute('aria-activedescendant')
    }
    this.#host.requestUpdate()
  }
}

/** Puts a text in place of what is selected, so that it can be undone as if it had been typed. */
export function insert(field: HTMLTextAreaElement, text: string): void {
  if (document.execCommand('insertText', false, text)) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
