import { html, type TemplateResult } from 'lit'
import { View } from '../view.ts'

/** What waits for a moderator. */
export class GrapevineModeration extends View {
  protected override render(): TemplateResult {
    return html`<section class="panel"></section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-moderation': GrapevineModeration
  }
}
