import { css, html, type PropertyDeclarations, type PropertyValues } from 'lit'
import uPlot from 'uplot'
import type { Timeseries } from '../../../server/contract/reports.ts'
import { formatBucket } from '../format.ts'
import { base } from '../parts/base.styles.ts'
import { language, text } from '../texts.ts'
import { Localized } from '../view.ts'
import { chartStyles } from './chart.styles.ts'
import { chartOptions, type Shape } from './chart-options.ts'

/** One number over time. Its cursor follows the pointer or the arrow keys and is read out above the chart. */
export class GrapevineSeries extends Localized {
  static override styles = [
    base,
    chartStyles,
    css`
      .read {
        position: absolute;
        inset: 14px 16px auto auto;
        font-size: 12px;
      }
    `,
  ]
  static override properties: PropertyDeclarations = {
    label: {},
    shape: {},
    interval: {},
    times: { attribute: false },
    values: { attribute: false },
    full: { attribute: false },
    short: { attribute: false },
    pointed: { state: true },
  }

  /** What is counted. */
  declare label: string
  /** `line` for what always flows, `bars` for what happens now and then. */
  declare shape: Shape
  declare interval: Timeseries['interval']
  /** The start of each bucket, in milliseconds. */
  declare times: readonly number[]
  declare values: readonly number[]
  /** A value as it is read out. */
  declare full: (value: number) => string
  /** A value as the axis writes it. */
  declare short: (value: number) => string
  declare pointed: number | undefined

  #chart: uPlot | undefined
  #made = ''
  readonly #size = new ResizeObserver(([entry]) => this.#resize(entry?.contentRect.width ?? 0))
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)')
  readonly #theme = new MutationObserver(() => this.#redraw())

  constructor() {
    super()
    this.shape = 'line'
    this.interval = 'day'
    this.times = []
    this.values = []
    this.full = String
    this.short = String
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#scheme.addEventListener('change', this.#redraw)
    this.#theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    if (this.hasUpdated) this.#size.observe(this.#place)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#scheme.removeEventListener('change', this.#redraw)
    this.#theme.disconnect()
    this.#size.disconnect()
    this.#chart?.destroy()
    this.#chart = undefined
  }

  override firstUpdated(): void {
    this.#size.observe(this.#place)
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.size === 1 && changed.has('pointed')) return
    this.#draw()
  }

  override render() {
    const index = this.pointed
    return html`
      <p class="read muted" aria-hidden="true">${index === undefined ? '\u00a0' : this.#readOut(index)}</p>
      <div
        class="chart"
        role="slider"
        tabindex="0"
        aria-label=${text('series_label', { what: this.label })}
        aria-valuemin="1"
        aria-valuemax=${Math.max(1, this.times.length)}
        aria-valuenow=${(index ?? this.times.length - 1) + 1}
        aria-valuetext=${this.#readOut(index ?? this.times.length - 1)}
        @keydown=${this.#move}
        @blur=${this.#leave}
      >
        <span class="ink line"></span><span class="ink wash"></span><span class="ink grid"></span
        ><span class="ink text"></span>
      </div>
    `
  }

  get #place(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.chart') as HTMLElement
  }

  #readOut(index: number): string {
    const at = this.times[index]
    if (at === undefined) return text('series_none')
    return `${formatBucket(at, this.interval, language())} · ${this.full(this.values[index] ?? 0)}`
  }

  #draw(): void {
    const width = this.#place.clientWidth
    if (width === 0) return
    const data: uPlot.AlignedData = [this.times.map((at) => at / 1e3), [...this.values]]
    const step = (this.times[1] ?? 0) - (this.times[0] ?? 0)
    const made = `${this.shape} ${this.interval} ${step} ${language()}`
    if (this.#chart && made === this.#made) {
      this.#chart.setData(data)
      return
    }
    this.#chart?.destroy()
    this.#made = made
    const look = {
      shape: this.shape,
      interval: this.interval,
      lang: language(),
      short: (value: number) => this.short(value),
      color: (name: string) => this.#color(name),
      pointed: (index: number | undefined) => {
        this.pointed = index
      },
    }
    const options = chartOptions(look, data[0] as number[], width, this.#place.clientHeight)
    this.#chart = new uPlot(options, data, this.#place)
  }

  /** A custom property with `light-dark()` in it is resolved only as the colour of something. */
  #color(name: string): string {
    const ink = this.renderRoot.querySelector(`.ink.${name}`)
    return ink ? getComputedStyle(ink).color : 'gray'
  }

  #resize(width: number): void {
    if (!this.#chart) this.#draw()
    else if (width > 0 && width !== this.#chart.width)
      this.#chart.setSize({ width, height: this.#place.clientHeight })
  }

  readonly #redraw = (): void => this.#chart?.redraw(false)

  readonly #move = (event: KeyboardEvent): void => {
    const last = this.times.length - 1
    const at = this.pointed ?? last
    const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }
    const to = steps[event.key]
    if (to === undefined || !this.#chart) return
    event.preventDefault()
    const index = Math.min(last, Math.max(0, to))
    const left = this.#chart.valToPos((this.times[index] ?? 0) / 1e3, 'x')
    this.#chart.setCursor({ left, top: 1 })
  }

  readonly #leave = (): void => this.#chart?.setCursor({ left: -10, top: -10 })
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-series': GrapevineSeries
  }
}
