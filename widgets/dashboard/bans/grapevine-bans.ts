import { html, type TemplateResult } from 'lit'
import { View } from '../view.ts'

/** Who may not speak. */
export class GrapevineBans extends View {
  protected override render(): TemplateResult {
    return html`<section class="panel"></section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-bans': GrapevineBans
  }
}
