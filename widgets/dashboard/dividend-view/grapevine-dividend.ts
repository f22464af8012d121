import { html } from 'lit'
import { View } from '../view.ts'

export class GrapevineDividend extends View {
  override render() {
    return html`<section class="panel"></section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-dividend': GrapevineDividend
  }
}
