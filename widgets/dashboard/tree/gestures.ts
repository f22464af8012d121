/** What pointers and wheel ask for, in pixels of the element. */
export interface Gestures {
  pan(dx: number, dy: number): void
  zoom(x: number, y: number, factor: number): void
  moving(now: boolean): void
}

interface Point {
  x: number
  y: number
}

/** Pixels a pointer may tremble and still click. */
const TREMBLE = 4

/**
 * Turns pointer events into pans and pinches. A press that does not move stays a click; one that moved swallows its
 * click, so that letting go of a drag over a node does not choose it.
 */
export class PointerGestures {
  readonly #gestures: Gestures
  readonly #points = new Map<number, Point>()
  #start: Point | undefined
  #moved = false

  constructor(gestures: Gestures) {
    this.#gestures = gestures
  }

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return
    this.#points.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (this.#points.size > 1) return
    this.#start = { x: event.clientX, y: event.clientY }
    this.#moved = false
  }

  readonly move = (event: PointerEvent): void => {
    const before = this.#points.get(event.pointerId)
    if (!before || !this.#start) return
    const now = { x: event.clientX, y: event.clientY }
    if (!this.#moved) {
      if (this.#points.size === 1 && distance(this.#start, now) < TREMBLE) return
      this.#moved = true
      this.#gestures.moving(true)
      ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    }
    const other = [...this.#points].find(([id]) => id !== event.pointerId)?.[1]
    this.#points.set(event.pointerId, now)
    if (!other) {
      this.#gestures.pan(now.x - before.x, now.y - before.y)
      return
    }
    const box = (event.currentTarget as Element).getBoundingClientRect()
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
    const factor = distance(now, other) / Math.max(1, distance(before, other))
    this.#gestures.pan((now.x - before.x) / 2, (now.y - before.y) / 2)
    this.#gestures.zoom(middle.x - box.left, middle.y - box.top, factor)
  }

  readonly up = (event: PointerEvent): void => {
    this.#points.delete(event.pointerId)
    if (this.#points.size === 0) this.#gestures.moving(false)
  }

  /** Whether the click that follows a press belongs to a drag. */
  swallow(): boolean {
    const moved = this.#moved
    this.#moved = false
    return moved
  }
}

/** The wheel: with Ctrl, or pinching on a trackpad, it zooms; otherwise it pans. One notch in lines is 16 pixels. */
export function wheelGesture(event: WheelEvent, gestures: Gestures): void {
  event.preventDefault()
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16
  if (!event.ctrlKey && !event.metaKey) {
    const sideways = event.shiftKey && event.deltaX === 0
    const [dx, dy] = sideways ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
    gestures.pan(-dx * unit, -dy * unit)
    return
  }
  const box = (event.currentTarget as Element).getBoundingClientRect()
  const factor = Math.exp(-Math.max(-60, Math.min(60, event.deltaY * unit)) / 120)
  gestures.zoom(event.clientX - box.left, event.clientY - box.top, factor)
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
