import { html, type PropertyDeclarations, type PropertyValues } from 'lit'
import { guard } from 'lit/directives/guard.js'
import type { CascadeTree } from '../../../server/contract/reports.ts'
import { base } from '../parts/base.styles.ts'
import { language, text } from '../texts.ts'
import { Localized } from '../view.ts'
import { bringInto, type Camera, firstLook, fitAll, panBy, READABLE, zoomAt } from './camera.ts'
import { ChosenEvent } from './events.ts'
import { PointerGestures, wheelGesture } from './gestures.ts'
import { moveInTree, panOf } from './keys.ts'
import type { Placed } from './layout.ts'
import { links, nodeTemplate, type SizedBy } from './node-template.ts'
import { ShownCascade } from './shown-cascade.ts'
import { treeStyles } from './tree.styles.ts'
import { type Openings, pin, type Shown, showMore, toggle } from './visible-tree.ts'

/** One press on a zoom button or key. */
const ZOOM = 1.4

/** A cascade as a tree that can be moved, zoomed, opened and closed, by pointer, wheel and keyboard. */
export class GrapevineTree extends Localized {
  static override styles = [base, treeStyles]
  static override properties: PropertyDeclarations = {
    tree: { attribute: false },
    chosen: {},
    sizedBy: {},
    label: {},
    openings: { state: true },
    camera: { state: true },
    focused: { state: true },
    moving: { state: true },
  }

  declare tree: CascadeTree
  /** The chosen node's id. */
  declare chosen: string | undefined
  declare sizedBy: SizedBy
  declare label: string
  declare openings: Openings
  declare camera: Camera
  declare focused: string
  declare moving: boolean

  #looked = false
  readonly #cascade = new ShownCascade()
  readonly #size = new ResizeObserver(() => this.#look())
  readonly #gestures = {
    pan: (dx: number, dy: number) => {
      this.camera = panBy(this.camera, dx, dy, this.#cascade.box, this.#view)
    },
    zoom: (x: number, y: number, factor: number) => {
      this.camera = zoomAt(this.camera, x, y, factor)
    },
    moving: (now: boolean) => {
      this.moving = now
    },
  }
  readonly #pointer = new PointerGestures(this.#gestures)
  readonly #wheel = {
    handleEvent: (event: WheelEvent) => wheelGesture(event, this.#gestures),
    passive: false,
  }

  constructor() {
    super()
    this.sizedBy = 'visits'
    this.label = ''
    this.openings = { open: new Map() }
    this.camera = { x: 0, y: 0, scale: 1 }
    this.focused = ''
    this.moving = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#size.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#size.disconnect()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('tree')) this.#cascade.take(this.tree)
    if (changed.has('chosen')) {
      const source = this.#cascade.source(this.chosen)
      if (source && !this.#cascade.find(source.id)) this.openings = pin(this.openings, source)
    }
    if (changed.has('tree') || changed.has('openings') || changed.has('chosen')) this.#place()
    if (changed.has('chosen')) this.#bring(this.chosen)
  }

  override render() {
    const { x, y, scale } = this.camera
    const { placed } = this.#cascade
    const state = `${this.moving ? 'moving' : ''} ${scale < 0.42 ? 'far' : ''}`
    return html`
      <svg
        class="map ${state}"
        role="tree"
        aria-label=${this.label}
        @pointerdown=${this.#pointer.down}
        @pointermove=${this.#pointer.move}
        @pointerup=${this.#pointer.up}
        @pointercancel=${this.#pointer.up}
        @wheel=${this.#wheel}
        @click=${this.#click}
        @dblclick=${this.#open}
        @keydown=${this.#key}
      >
        <g role="presentation" transform="translate(${x},${y}) scale(${scale})">
          ${guard([placed, this.chosen, this.focused, this.sizedBy, language()], () => {
            const look = this.#cascade.look(this.chosen, this.focused, this.sizedBy)
            return [...links(placed, look), ...placed.map((at) => nodeTemplate(at, look))]
          })}
        </g>
      </svg>
      <div class="buttons">
        ${this.#button('zoom_out', '−', () => this.#zoom(1 / ZOOM))}
        ${this.#button('zoom_in', '+', () => this.#zoom(ZOOM))}
        ${this.#button('zoom_fit', '⤢', () => this.#fit())}
      </div>
    `
  }

  #button(name: 'zoom_in' | 'zoom_out' | 'zoom_fit', sign: string, act: () => void) {
    return html`<button class="button" type="button" aria-label=${text(name)} title=${text(name)} @click=${act}>
      ${sign}
    </button>`
  }

  get #view() {
    return { width: this.clientWidth, height: this.clientHeight }
  }

  #place(): void {
    this.#cascade.place(this.openings)
    if (!this.#cascade.find(this.focused)) this.focused = this.#cascade.placed[0]?.node.id ?? ''
  }

  /** The first look, as soon as there is room: as much as can be read in it. */
  #look(): void {
    if (this.#looked || this.clientWidth === 0 || this.#cascade.placed.length === 0) return
    this.#looked = true
    this.#cascade.suit(this.clientHeight / READABLE)
    this.#place()
    this.camera = firstLook(this.#cascade.box, this.#view)
    this.#bring(this.chosen)
    this.requestUpdate()
  }

  #fit(): void {
    this.camera = fitAll(this.#cascade.box, this.#view)
  }

  #zoom(factor: number): void {
    this.camera = zoomAt(this.camera, this.clientWidth / 2, this.clientHeight / 2, factor)
  }

  #bring(id: string | undefined): void {
    const at = this.#cascade.find(id)
    if (at && this.clientWidth > 0) this.camera = bringInto(this.camera, at.x, at.y, this.#view)
  }

  #at(event: Event): Placed | undefined {
    return this.#cascade.find((event.target as Element).closest<SVGElement>('.node')?.dataset.id)
  }

  /** What pressing a node does: “+n more” shows more, any other is chosen. */
  #press({ node, parent }: Placed): void {
    this.focused = node.id
    if (node.kind !== 'more') {
      this.dispatchEvent(new ChosenEvent(node.id))
      return
    }
    const siblings = parent?.node.children.filter(({ kind }) => kind !== 'more') ?? []
    this.focused = siblings.at(-1)?.id ?? node.source.id
    this.#change(node.source.id, showMore(this.openings, node, siblings.length))
  }

  /** Opens or closes a share. */
  #toggle(node: Shown): void {
    if (node.kind === 'share' && node.children.length + node.hidden > 0)
      this.#change(node.id, toggle(this.openings, node))
  }

  /** Opens or closes what hangs on a node, which itself stays where it is on the screen. */
  #change(id: string, openings: Openings): void {
    const before = this.#cascade.find(id)
    this.openings = openings
    void this.updateComplete.then(() => {
      const after = this.#cascade.find(id)
      if (!before || !after) return
      const { x, y, scale } = this.camera
      this.camera = { scale, x: x + (before.x - after.x) * scale, y: y + (before.y - after.y) * scale }
      void this.#focus()
    })
  }

  async #focus(): Promise<void> {
    await this.updateComplete
    const active = this.shadowRoot?.activeElement
    if (active && !active.classList.contains('node')) return
    const node = this.renderRoot.querySelector<SVGElement>(`[data-id="${CSS.escape(this.focused)}"]`)
    node?.focus({ preventScroll: true })
  }

  readonly #click = (event: MouseEvent): void => {
    if (this.#pointer.swallow()) return
    const at = this.#at(event)
    if (!at) return
    if ((event.target as Element).closest('[data-toggle]')) this.#toggle(at.node)
    else this.#press(at)
  }

  readonly #open = (event: MouseEvent): void => {
    const at = this.#at(event)
    if (at) this.#toggle(at.node)
  }

  readonly #key = (event: KeyboardEvent): void => {
    const at = this.#at(event)
    if (!at || event.altKey || event.ctrlKey || event.metaKey) return
    const { key } = event
    const pan = event.shiftKey ? panOf(key) : undefined
    const move = moveInTree(this.#cascade.placed, at, key)
    if (pan) this.#gestures.pan(...pan)
    else if (key === '+' || key === '=') this.#zoom(ZOOM)
    else if (key === '-') this.#zoom(1 / ZOOM)
    else if (key === '0') this.#fit()
    else if (key === 'Enter' || key === ' ') this.#press(at)
    else if (move && 'focus' in move) {
      this.focused = move.focus.node.id
      this.#bring(this.focused)
      void this.#focus()
    } else if (move) this.#toggle(move.toggle.node)
    else return
    event.preventDefault()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-tree': GrapevineTree
  }
}
