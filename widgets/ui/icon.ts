import { html, type TemplateResult } from 'lit'

/** A tick, for what is done. */
const CHECK = 'M5 12.8l4.5 4.5L19 7.5'

/** A glyph from path data on a 24 × 24 grid. The tick by default. Decoration: the button has the name. */
export const icon = (path = CHECK): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`
