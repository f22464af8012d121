import type { ConversionsReport } from '../../../server/contract/reports.ts'
import { pagePath } from '../format.ts'
import type { Filter } from '../parts/filter-chips.ts'
import { channelName, guest } from '../parts/pieces.ts'
import type { Route } from '../route.ts'
import { text } from '../texts.ts'

/** What conversions can be filtered by, each an option of the link and a parameter of the report. */
export const CONVERSION_FILTERS = ['person', 'nearest', 'buyer', 'share', 'channel', 'url'] as const
type Name = (typeof CONVERSION_FILTERS)[number]

/** The filters of a link as parameters. */
export function filtersIn({ options }: Route): Partial<Record<Name, string>> {
  return Object.fromEntries(
    CONVERSION_FILTERS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  )
}

/** The filters in words; people are called as the listed conversions call them. */
export function filtersInWords(
  route: Route,
  listed: ConversionsReport['data'],
  without: (name: Name) => string,
): Filter[] {
  return Object.entries(filtersIn(route)).map(([option, value]) => {
    const name = option as Name
    return { name: text(`filter_${name}`), value: inWords(name, value, listed), without: without(name) }
  })
}

function inWords(name: Name, value: string, listed: ConversionsReport['data']): string {
  if (name === 'channel') return channelName(value)
  if (name === 'url') return pagePath(value)
  if (name === 'share') return value
  const people = listed.flatMap(({ person, chain }) => [person, ...chain.map((hop) => hop.person)])
  return guest(people.find((person) => person?.id === value) ?? { id: value })
}
