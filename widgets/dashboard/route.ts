import { CASCADE_SORTS, SPLITS, TOP_SORTS } from './choices.ts'
import { type Choice, choiceOfDays, DEFAULT_CHOICE, PRESETS, type Preset, sameChoice } from './ranges.ts'

/** The views of the dashboard, in the order of its navigation. */
export const VIEWS = [
  'overview',
  'dividend',
  'funnel',
  'attribution',
  'cascades',
  'people',
  'pages',
  'channels',
  'conversions',
  'programmes',
  'rewards',
  'payouts',
] as const
export type ViewName = (typeof VIEWS)[number]

/** Where in the dashboard one is: everything that a link to it must say. */
export interface Route {
  view: ViewName
  /** The share whose cascade is shown, within `cascades`; the person whose page, within `people`. */
  code?: string
  choice: Choice
  /** What else the view keeps in its link: `sort`, `split`, `currency`. */
  options: Readonly<Record<string, string>>
}

const OPTIONS: Readonly<Record<string, (value: string) => boolean>> = {
  sort: (value) => [...CASCADE_SORTS, ...TOP_SORTS].includes(value as never),
  split: (value) => SPLITS.includes(value as never),
  currency: (value) => /^[A-Z]{3}$/.test(value),
  share: (value) => /^[\w-]{1,64}$/.test(value),
}

/** The one-time token of `#sign-in=TOKEN`, if the fragment carries one. */
export function signInToken(hash: string): string | undefined {
  return /^#sign-in=([\w.~-]{1,200})$/.exec(hash)?.[1]
}

/** Reads a location hash. What it does not understand it leaves out; it never fails. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [first = '', second] = path.split('/')
  const params = new URLSearchParams(query)
  const view = VIEWS.find((name) => name === first) ?? 'overview'
  const options: Record<string, string> = {}
  for (const [name, value] of params) if (OPTIONS[name]?.(value)) options[name] = value
  const route: Route = { view, choice: choiceIn(params), options }
  if ((view === 'cascades' || view === 'people') && second && /^[\w-]{1,64}$/.test(second))
    route.code = second
  return route
}

/** The hash of a route: the inverse of {@link parseRoute}; defaults are left out. */
export function formatRoute(route: Route): string {
  const params = new URLSearchParams()
  const { choice } = route
  if ('first' in choice) {
    params.set('from', choice.first)
    params.set('to', choice.last)
  } else if (!sameChoice(choice, DEFAULT_CHOICE)) params.set('range', choice.preset)
  for (const [name, value] of Object.entries(route.options)) params.set(name, value)
  const query = params.toString()
  return `#/${route.view}${route.code ? `/${route.code}` : ''}${query ? `?${query}` : ''}`
}

function choiceIn(params: URLSearchParams): Choice {
  const preset = params.get('range')
  if (PRESETS.includes(preset as Preset)) return { preset: preset as Preset }
  return choiceOfDays(params.get('from') ?? '', params.get('to') ?? '') ?? DEFAULT_CHOICE
}
