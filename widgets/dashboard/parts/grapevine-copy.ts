import { css, html, type PropertyDeclarations } from 'lit'
import { text } from '../texts.ts'
import { Localized } from '../view.ts'
import { base } from './base.styles.ts'

/** Lines of code with a button that copies them. */
export class GrapevineCopy extends Localized {
  static override styles = [
    base,
    css`
      :host {
        width: 100%;
        max-width: 100%;
      }
      pre {
        margin: 0 0 10px;
        padding: 12px 14px;
        overflow-x: auto;
        border-radius: var(--radius-small);
        background: var(--sunk);
        font: 12.5px/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ]
  static override properties: PropertyDeclarations = { lines: {}, outcome: { state: true } }

  /** What is shown and copied. */
  declare lines: string
  declare outcome: 'copied' | 'copy_failed' | undefined

  constructor() {
    super()
    this.lines = ''
  }

  override render() {
    return html`
      <pre><code>${this.lines}</code></pre>
      <button class="button main" type="button" @click=${this.#copy}>${text('copy')}</button>
      <span class="muted" role="status">${this.outcome ? text(this.outcome) : ''}</span>
    `
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.lines)
      this.outcome = 'copied'
    } catch {
      // No permission, or not a secure context: the lines can be selected by hand.
      const code = this.renderRoot.querySelector('code')
      if (code) getSelection()?.selectAllChildren(code)
      this.outcome = 'copy_failed'
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-copy': GrapevineCopy
  }
}
