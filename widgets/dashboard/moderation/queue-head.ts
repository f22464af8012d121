import { html, type TemplateResult } from 'lit'
import type { Queue } from '../../../server/contract/moderation.ts'
import { formatCount, pagePath, shortId } from '../format.ts'
import { filterChips } from '../parts/filter-chips.ts'
import { guest, segments } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import { FILTERS, SHOWN, type Shown } from './moderation-acts.ts'

type Link = (options: Readonly<Record<string, string | undefined>>) => string

/** What the list is narrowed to: what waits, what was reported, words, and whatever the link came with. */
export function queueHead(about: {
  shown: Shown
  options: Readonly<Record<string, string>>
  queue: Queue | undefined
  link: Link
}): TemplateResult {
  const { shown, options, queue, link } = about
  const states = SHOWN.map((one) => {
    const waiting = one === 'held' || one === 'reported' ? (queue?.counts[one] ?? 0) : 0
    const number = waiting > 0 ? ` ${formatCount(waiting, language())}` : ''
    return { name: text(`comments_${one}`) + number, href: link({ show: one }), on: one === shown }
  })
  const chips = FILTERS.filter((name) => options[name]).map((name) => ({
    name: text(`filter_${name}`),
    value: filteredBy(name, options[name] ?? '', queue),
    without: link({ [name]: undefined }),
  }))
  const search = (event: Event): void => {
    location.hash = link({ q: (event.target as HTMLInputElement).value.trim() || undefined })
  }
  return html`
    <div class="queue-head">
      ${segments(text('comments_show'), states)}
      <input
        class="field"
        type="search"
        maxlength="200"
        aria-label=${text('comments_search')}
        placeholder=${text('comments_search')}
        .value=${options.q ?? ''}
        @change=${search}
      />
      ${filterChips(chips)}
    </div>
  `
}

function filteredBy(name: (typeof FILTERS)[number], value: string, queue: Queue | undefined): string {
  if (name === 'url') return pagePath(value)
  if (name === 'reason') return text(`screen_${value as 'guest'}`)
  if (name === 'q') return value
  const known = queue?.data.find(({ author }) => author.id === value)
  return known ? guest(known.author) : shortId(value)
}

/** What to do where no comment is as the list asks. */
export function emptyQueue(shown: Shown, link: Link): TemplateResult {
  const waits = shown === 'held' || shown === 'reported'
  return html`
    <section class="panel message">
      <h2>${text(waits ? 'comments_none_held' : 'comments_none')}</h2>
      <p class="muted">${text(waits ? 'comments_none_held_hint' : 'comments_none_hint')}</p>
      <p class="others">
        ${(['held', 'visible', 'all'] as const)
          .filter((other) => other !== shown)
          .map((other) => html`<a href=${link({ show: other })}>${text(`comments_see_${other}`)}</a>`)}
      </p>
    </section>
  `
}
