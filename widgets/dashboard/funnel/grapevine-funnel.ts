import { html } from 'lit'
import { View } from '../view.ts'

export class GrapevineFunnel extends View {
  override render() {
    return html`<section class="panel"></section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-funnel': GrapevineFunnel
  }
}
