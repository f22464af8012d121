import { BADGES } from '../../server/contract/comment-limits.ts'
import { NOTICE_STATES } from '../../server/contract/moderation-models.ts'
import type { Site } from '../../server/contract/sites.ts'
import {
  CASCADE_SORTS,
  CREDITED,
  PROGRAMME_STATUSES,
  REWARD_STATES,
  SPLITS,
  TOP_SORTS,
  TOUCHES,
} from './choices.ts'
import { type Choice, choiceOfDays, DEFAULT_CHOICE, PRESETS, type Preset, sameChoice } from './ranges.ts'

/** The views of the dashboard as its navigation groups them. */
export const GROUPS = {
  insight: ['overview', 'dividend', 'funnel', 'attribution'],
  spread: ['cascades', 'people', 'pages', 'channels', 'conversions'],
  incentives: ['programmes', 'rewards', 'payouts'],
  community: ['moderation', 'notices', 'bans', 'members', 'comments'],
} as const
export const VIEWS = [...GROUPS.insight, ...GROUPS.spread, ...GROUPS.incentives, ...GROUPS.community] as const
export type ViewName = (typeof VIEWS)[number]

/** The groups and views that somebody of this role finds: moderators moderate, and no more. */
export const groupsFor = (role: Site['role']): Partial<Record<keyof typeof GROUPS, readonly ViewName[]>> =>
  role === 'moderator' ? { community: ['moderation', 'notices', 'bans'] } : GROUPS

/** Views that tell of all time, whatever the range. */
export const TIMELESS: readonly ViewName[] = ['cascades', ...GROUPS.incentives, ...GROUPS.community]

/** Where in the dashboard one is: everything that a link to it must say. */
export interface Route {
  view: ViewName
  /** The share whose cascade is shown, within `cascades`; the person whose page, within `people`. */
  code?: string
  choice: Choice
  /** What else the view keeps in its link: how it sorts and counts, and what it is filtered by. */
  options: Readonly<Record<string, string>>
}

type Fits = (value: string) => boolean

const among =
  (...names: readonly string[]): Fits =>
  (value) =>
    names.includes(value)
const id: Fits = (value) => /^[\w-]{1,64}$/.test(value)
const number =
  (least: number, most: number): Fits =>
  (value) =>
    /^\d{1,3}(\.\d{1,4})?$/.test(value) && Number(value) >= least && Number(value) <= most

const OPTIONS: Readonly<Record<string, Fits>> = {
  sort: among(...CASCADE_SORTS, ...TOP_SORTS),
  by: among(...CREDITED),
  touch: among(...TOUCHES),
  split: among(...SPLITS),
  againstTouch: among(...TOUCHES),
  againstSplit: among(...SPLITS),
  halfLifeDays: number(0.01, 365),
  alpha: number(0, 1),
  currency: (value) => /^[A-Z]{3}$/.test(value),
  state: among('all', ...REWARD_STATES, ...PROGRAMME_STATUSES, ...BADGES, ...NOTICE_STATES),
  show: among('held', 'reported', 'visible', 'refused', 'deleted', 'all'),
  reason: (value) => /^[a-z_]{1,40}$/.test(value),
  q: (value) => value.length > 0 && value.length <= 200,
  subject: id,
  share: id,
  person: id,
  nearest: id,
  buyer: id,
  programme: id,
  payout: id,
  conversion: id,
  channel: (value) => value.length > 0 && value.length <= 64,
  url: (value) => value.length > 0 && value.length <= 2000,
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
  for (const [name, value] of params)
    if (Object.hasOwn(OPTIONS, name) && OPTIONS[name]?.(value)) options[name] = value
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
