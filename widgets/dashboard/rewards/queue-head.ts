import { html, nothing, type TemplateResult } from 'lit'
import type { Programme } from '../../../server/contract/programmes.ts'
import type { Reward } from '../../../server/contract/rewards.ts'
import { shortId } from '../format.ts'
import { filterChips } from '../parts/filter-chips.ts'
import { guest, segments } from '../parts/pieces.ts'
import { text } from '../texts.ts'
import { FILTERS, SHOWN, type ShownState } from './reward-acts.ts'

type Link = (options: Readonly<Record<string, string | undefined>>) => string

/** What the list is narrowed to: the state, a programme, and whatever the link came with. */
export function queueHead(about: {
  state: ShownState
  options: Readonly<Record<string, string>>
  programmes: readonly Programme[]
  /** One reward that is shown: it knows the names of what is filtered by. */
  first: Reward | undefined
  link: Link
}): TemplateResult {
  const { state, options, programmes, first, link } = about
  const states = SHOWN.map((one) => ({
    name: text(`reward_${one}`),
    href: link({ state: one }),
    on: one === state,
  }))
  const chips = FILTERS.filter((name) => name !== 'programme' && options[name]).map((name) => ({
    name: text(FILTER_NAMES[name]),
    value: filteredBy(name, options[name] ?? '', first),
    without: link({ [name]: undefined }),
  }))
  return html`
    <div class="queue-head">
      ${segments(text('reward_state'), states)}
      ${programmes.length > 0 ? programmeChoice(programmes, options.programme, link) : nothing}
      ${filterChips(chips)}
    </div>
  `
}

const FILTER_NAMES = {
  programme: 'programme',
  person: 'person',
  conversion: 'conversion',
  payout: 'reward_payout',
} as const

function filteredBy(name: (typeof FILTERS)[number], id: string, first: Reward | undefined): string {
  if (name === 'person') return guest(first?.person.id === id ? first.person : { id })
  if (name === 'conversion' && first?.conversion.id === id)
    return first.conversion.orderId ?? first.conversion.name
  return shortId(id)
}

function programmeChoice(
  programmes: readonly Programme[],
  chosen: string | undefined,
  link: Link,
): TemplateResult {
  const choose = (event: Event): void => {
    location.hash = link({ programme: (event.target as HTMLSelectElement).value || undefined })
  }
  return html`
    <select class="field" aria-label=${text('programme')} @change=${choose}>
      <option value="" .selected=${chosen === undefined}>${text('reward_any_programme')}</option>
      ${programmes.map(({ id, name }) => html`<option value=${id} .selected=${id === chosen}>${name}</option>`)}
    </select>
  `
}

/** What to do where no reward is as the list asks. */
export function emptyQueue(state: ShownState, link: Link): TemplateResult {
  const others = state === 'review' ? (['pending', 'all'] as const) : (['review', 'all'] as const)
  return html`
    <section class="panel message">
      <h2>${text(state === 'review' ? 'reward_none_review' : 'reward_none')}</h2>
      <p class="muted">${text(state === 'review' ? 'reward_none_review_hint' : 'reward_none_hint')}</p>
      <p class="others">
        ${others
          .filter((other) => other !== state)
          .map((other) => html`<a href=${link({ state: other })}>${text(`reward_see_${other}`)}</a>`)}
      </p>
    </section>
  `
}
