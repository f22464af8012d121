import { html, nothing, type TemplateResult } from 'lit'
import type { Overview, Timeseries } from '../../../server/contract/reports.ts'
import { formatCount, formatShort } from '../format.ts'
import { amountOf, formatMoney, formatShortMoney } from '../money.ts'
import { change } from '../parts/pieces.ts'
import type { ViewName } from '../route.ts'
import { language, text } from '../texts.ts'
import type { Shape } from './chart-options.ts'

const COUNTED = [
  { key: 'visits', shape: 'line', view: 'funnel' },
  { key: 'shares', shape: 'line', view: 'people' },
  { key: 'conversions', shape: 'bars', view: 'conversions' },
] as const satisfies readonly { key: keyof Overview['totals']; shape: Shape; view: ViewName }[]

/** The three counts, each with its change and its course. */
export function countCards(
  { totals, previous }: Overview,
  series: Timeseries | undefined,
  link: (view: ViewName) => string,
): TemplateResult[] {
  const lang = language()
  return COUNTED.map(({ key, shape, view }) =>
    card({
      name: key,
      href: link(view),
      label: text(key),
      total: formatCount(totals[key], lang),
      change: change(totals[key], previous[key]),
      note: key === 'conversions' ? provedNote(totals) : nothing,
      shape,
      series,
      value: (bucket) => bucket[key],
      full: (value) => formatCount(value, lang),
      short: (value) => (Number.isInteger(value) ? formatShort(value, lang) : ''),
    }),
  )
}

/** The value in one currency with its change and its course; the other currencies are told beside it. */
export function valueCard(
  { totals, previous }: Overview,
  series: Timeseries | undefined,
  currency: string,
  others: TemplateResult | typeof nothing,
  href: string,
): TemplateResult {
  const lang = language()
  const amount = amountOf(totals.value, currency)
  return card({
    name: 'value',
    href,
    label: text('value'),
    total: formatMoney({ amount, currency }, lang),
    change: change(amount, amountOf(previous.value, currency)),
    note: others,
    shape: 'bars',
    series,
    value: (bucket) => amountOf(bucket.value, currency),
    full: (value) => formatMoney({ amount: value, currency }, lang),
    short: (value) => formatShortMoney({ amount: value, currency }, lang),
  })
}

/** The place of the value where no conversion has told of any. */
export function noValueCard(): TemplateResult {
  return html`
    <section class="panel card value">
      <h2 class="muted">${text('value')}</h2>
      <p class="total"><b>–</b></p>
      <p class="note small muted">${text('value_none')}</p>
    </section>
  `
}

interface Card {
  name: string
  /** The view that tells what the number is made of. */
  href: string
  label: string
  total: string
  change: TemplateResult | typeof nothing
  note: TemplateResult | typeof nothing
  shape: Shape
  series: Timeseries | undefined
  value: (bucket: Timeseries['data'][number]) => number
  full: (value: number) => string
  short: (value: number) => string
}

function card(of: Card): TemplateResult {
  const buckets = of.series?.data ?? []
  return html`
    <section class="panel card ${of.name}">
      <h2 class="muted"><a href=${of.href}>${of.label}</a></h2>
      <p class="total"><b>${of.total}</b> ${of.change}</p>
      <p class="note small muted">${of.note}</p>
      ${
        of.series
          ? html`<grapevine-series
              .label=${of.label}
              .shape=${of.shape}
              .interval=${of.series.interval}
              .times=${buckets.map((bucket) => Date.parse(bucket.at))}
              .values=${buckets.map(of.value)}
              .full=${of.full}
              .short=${of.short}
            ></grapevine-series>`
          : html`<div class="skeleton course"></div>`
      }
    </section>
  `
}

function provedNote({
  conversions,
  attributed,
  proved,
}: Overview['totals']): TemplateResult | typeof nothing {
  if (conversions === 0) return nothing
  const lang = language()
  return html`${text('conversions_note', {
    attributed: formatCount(attributed, lang),
    proved: formatCount(proved, lang),
  })}`
}
