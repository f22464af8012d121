import uPlot from 'uplot'
import type { Timeseries } from '../../../server/contract/reports.ts'
import { formatTick } from '../format.ts'
import { niceSteps } from './nice-steps.ts'

export type Shape = 'line' | 'bars'

/** What a chart is drawn with; colours are asked for at each drawing, so a change of theme needs a redraw only. */
export interface ChartLook {
  shape: Shape
  interval: Timeseries['interval']
  lang: string
  /** A value as the axis writes it. */
  short: (value: number) => string
  color: (name: 'line' | 'wash' | 'grid' | 'text') => string
  /** Told when the cursor moves to another bucket, or away. */
  pointed: (index: number | undefined) => void
}

/** Charts of one page move their cursors together. */
const TOGETHER = 'grapevine-dashboard'

/** The options of a chart of one series over time: few marks, no legend, a cursor that the page reads out. */
export function chartOptions(
  look: ChartLook,
  times: readonly number[],
  width: number,
  height: number,
): uPlot.Options {
  const step = times.length > 1 ? (times[1] ?? 0) - (times[0] ?? 0) : 86_400
  const font = '11px system-ui, sans-serif'
  const color = (name: 'line' | 'wash' | 'grid' | 'text') => (): string => look.color(name)
  return {
    width,
    height,
    padding: [10, 14, 0, 0],
    legend: { show: false },
    tzDate: (at) =>
      look.interval === 'hour' ? new Date(at * 1e3) : uPlot.tzDate(new Date(at * 1e3), 'Etc/UTC'),
    cursor: {
      y: false,
      drag: { x: false, y: false },
      sync: { key: TOGETHER },
      points: { size: 8, fill: color('line'), stroke: color('line') },
    },
    hooks: { setCursor: [(chart) => look.pointed(chart.cursor.idx ?? undefined)] },
    scales: {
      // Half a bucket of room at both ends, so that a bar is never cut.
      x: { time: true, range: (_chart, least, most) => [least - step / 2, most + step / 2] },
      y: { range: (_chart, _least, most) => [0, niceSteps(most).at(-1) ?? 1] },
    },
    axes: [
      {
        font,
        stroke: color('text'),
        size: 22,
        gap: 4,
        space: 64,
        grid: { show: false },
        ticks: { show: false },
        values: (_chart, marks, _axis, _space, increment) =>
          marks.map((at) => formatTick(at * 1e3, increment * 1e3, look.interval, look.lang)),
      },
      {
        font,
        stroke: color('text'),
        size: (_chart, values) => Math.max(26, ...(values ?? []).map((value) => value.length * 6.4 + 10)),
        gap: 6,
        splits: (chart) => niceSteps(Math.max(0, ...(chart.data[1] ?? []).map((value) => value ?? 0))),
        grid: { stroke: color('grid'), width: 1 },
        ticks: { show: false },
        values: (_chart, marks) => marks.map((mark) => look.short(mark)),
      },
    ],
    series: [{}, seriesOptions(look, color)],
  }
}

function seriesOptions(look: ChartLook, color: (name: 'line' | 'wash') => () => string): uPlot.Series {
  if (look.shape === 'line')
    return { stroke: color('line'), fill: color('wash'), width: 1.75, points: { show: false } }
  const paths = uPlot.paths.bars?.({ size: [0.66, 26], radius: 0.2 })
  return {
    stroke: color('line'),
    fill: color('line'),
    width: 0,
    points: { show: false },
    ...(paths ? { paths } : {}),
  }
}
