import { html, type TemplateResult } from 'lit'
import { View } from '../view.ts'

/** How comments and signing in are on the site. */
export class GrapevineCommentSettings extends View {
  protected override render(): TemplateResult {
    return html`<section class="panel"></section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-comment-settings': GrapevineCommentSettings
  }
}
