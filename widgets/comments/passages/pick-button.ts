import { html, type TemplateResult } from 'lit'
import { icon } from '../../ui/icon.ts'
import type { PassageTexts } from './texts.ts'

/** A speech bubble. */
const BUBBLE = 'M4 5h16v11h-9l-4.500 4v-4H4zM8.500 10.500h7'

/** The button that stands beside a selected passage. Pressing it leaves the selection as it is. */
export const pickButton = ({ t }: PassageTexts, write: () => void): TemplateResult => html`<button
  type="button"
  popover="manual"
  class="pick"
  part="pick"
  title=${t('pickTitle')}
  @pointerdown=${(event: Event) => event.preventDefault()}
  @click=${write}
>
  ${icon(BUBBLE)}${t('pick')}
</button>`
