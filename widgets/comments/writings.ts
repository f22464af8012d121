import { begunOn, plainField } from './frame.ts'
import type { CommentsHost, Where, Writing } from './host.ts'

/** What the writings need of their element. */
interface WritingHost extends CommentsHost {
  /** Draws the element and its rows; resolves when they stand. */
  redraw(): Promise<unknown>
}

/** The key of a place to write in; empty for the one of the page. */
const placeOf = ({ parent, edit }: Where): string => (edit ? `edit ${edit.id}` : (parent?.id ?? ''))

/** The composers of an element, one a place. Until their code is loaded a plain field stands there. */
export class Writings {
  #host: WritingHost
  #open = new Map<string, Writing>()
  #plain: Writing = { render: () => plainField(this.#host, begunOn(this.#host)) }
  #plainInRow: Writing = { render: () => plainField(this.#host) }

  constructor(host: WritingHost) {
    this.#host = host
  }

  /** The composer that is open there. On the page itself one always is. */
  at = (place: string): Writing | undefined => this.#open.get(place) ?? (place ? undefined : this.#plain)

  /** Whether one is open in a row. */
  get some(): boolean {
    return [...this.#open.keys()].some(Boolean)
  }

  /** Opens the composer there, and puts the focus into it. */
  async open(where: Where): Promise<void> {
    const place = placeOf(where)
    const known = this.at(place)
    const loaded = known && known !== this.#plain && known !== this.#plainInRow
    if (loaded && !(where.quote && !known.quote)) {
      if (where.quote) known.quote?.(where.quote)
      if (where.anchor) known.about?.(where.anchor)
      this.#fieldAt(place)?.focus()
      return
    }
    // Who answers can write at once. What is to be changed is not here yet.
    if (!where.edit && !known) {
      this.#open.set(place, this.#plainInRow)
      await this.#host.redraw()
      this.#fieldAt(place)?.focus()
    }
    this.#heedComposing(this.#fieldAt(place))
    try {
      const { Composer } = await import('./composer.ts')
      await this.#put(place, await Composer.for(this.#host, where), where.anchor !== undefined)
    } catch (error) {
      this.#host.fail(error)
      this.#host.say(this.#host.texts.t('notDone'), true)
    }
  }

  /** Marks a plain field while a word is being composed in it, as in Chinese or Japanese. */
  #heedComposing(field: HTMLElement | null | undefined): void {
    for (const type of ['compositionstart', 'compositionend'])
      field?.addEventListener(type, () => field.classList.toggle('composing', type === 'compositionstart'))
  }

  /** Closes the composer there. */
  async close(where: Where): Promise<void> {
    const place = placeOf(where)
    if (!place) return
    this.#open.delete(place)
    await this.#host.redraw()
    const { id } = (where.edit ?? where.parent) as { id: string }
    this.#rowOf(id)?.querySelector<HTMLElement>('[data-act=reply], [data-act=menu]')?.focus()
  }

  /**
   * Puts a composer where the plain field stood, with what was typed there and the place of the caret. `far`: whoever
   * writes there is elsewhere on the page, and is brought to it.
   */
  async #put(place: string, writing: Writing, far: boolean): Promise<void> {
    const before = this.#fieldAt(place)
    // A word that is being composed would be broken.
    if (before?.matches('.composing'))
      await new Promise((ended) => before.addEventListener('compositionend', ended, { once: true }))
    const { value = '', selectionStart: start = 0, selectionEnd: end = 0 } = before ?? {}
    const root = this.#host.renderRoot as ShadowRoot
    const focused = root.activeElement === before
    this.#open.set(place, writing)
    await this.#host.redraw()
    const field = this.#fieldAt(place)
    if (!field) return
    if (value && field !== before) {
      field.value = value
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      field.setSelectionRange(start, end)
    } else if (field !== before) {
      // One goes on behind what is there already: a draft, a quotation, what is changed.
      field.setSelectionRange(field.value.length, field.value.length)
    }
    if (far) field.scrollIntoView({ block: 'center' })
    // The focus went with the plain field, unless whoever writes has put it elsewhere by now.
    if (!before || far || (focused && !root.activeElement)) field.focus({ preventScroll: true })
  }

  #rowOf = (id: string) => this.#host.renderRoot.querySelector(`li[data-id="${CSS.escape(id)}"]`)

  #fieldAt(place: string): HTMLTextAreaElement | null | undefined {
    const id = place.replace('edit ', '')
    if (!id) return this.#host.renderRoot.querySelector('.page textarea')
    const kind = id === place ? ':scope > .writing textarea' : ':scope > article .writing textarea'
    return this.#rowOf(id)?.querySelector<HTMLTextAreaElement>(kind)
  }
}
