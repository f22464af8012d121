import { html, type TemplateResult } from 'lit'
import { View } from '../view.ts'

/** Whom the owner knows by name, and what they may do. */
export class GrapevineMembers extends View {
  protected override render(): TemplateResult {
    return html`<section class="panel"></section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-members': GrapevineMembers
  }
}
