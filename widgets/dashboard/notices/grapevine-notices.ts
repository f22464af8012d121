import { html, type TemplateResult } from 'lit'
import { View } from '../view.ts'

/** Notices of illegal content. */
export class GrapevineNotices extends View {
  protected override render(): TemplateResult {
    return html`<section class="panel"></section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-notices': GrapevineNotices
  }
}
