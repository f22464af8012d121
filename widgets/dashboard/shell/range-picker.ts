import { html, type TemplateResult } from 'lit'
import { formatDay } from '../format.ts'
import { segments } from '../parts/pieces.ts'
import { choiceOfDays, daysOf, PRESETS, type Range, sameChoice } from '../ranges.ts'
import { formatRoute, type Route } from '../route.ts'
import { language, text } from '../texts.ts'
import { icon } from './icons.ts'

/** The choice of a range: the presets as links, and any two days in a panel of its own. */
export function rangePicker(route: Route, range: Range): TemplateResult {
  const { first, last } = daysOf(range)
  const custom = 'first' in route.choice
  const presets = PRESETS.map((preset) => ({
    name: text(`range_${preset}_short`),
    title: text(`range_${preset}`),
    href: formatRoute({ ...route, choice: { preset } }),
    on: sameChoice(route.choice, { preset }),
  }))
  return html`
    ${segments(text('range'), presets)}
    <button
      class="button custom"
      type="button"
      popovertarget="days"
      aria-label=${text('range_custom')}
      title=${text('range_custom')}
    >
      ${icon('calendar')}
      ${custom ? html`<span>${formatDay(first, language())} – ${formatDay(last, language())}</span>` : ''}
    </button>
    <form id="days" class="pop" popover aria-label=${text('range_custom')} @submit=${choose(route)}>
      <label>${text('range_from')} <input class="field" type="date" name="first" required .value=${first} /></label>
      <label>${text('range_to')} <input class="field" type="date" name="last" required .value=${last} /></label>
      <p class="small muted">${text('range_hint')}</p>
      <button class="button main">${text('range_apply')}</button>
    </form>
  `
}

function choose(route: Route): (event: SubmitEvent) => void {
  return (event) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const days = new FormData(form)
    const choice = choiceOfDays(String(days.get('first')), String(days.get('last')))
    if (!choice) return
    form.hidePopover()
    location.hash = formatRoute({ ...route, choice })
  }
}
