import { html, type TemplateResult } from 'lit'
import { text } from '../texts.ts'
import { KEYS } from './queue-keys.ts'

/** The keys in a line, for those who have a keyboard. */
export function keysHint(help: () => void): TemplateResult {
  return html`
    <p class="keys small muted">
      <span><kbd>j</kbd> <kbd>k</kbd> ${text('key_move')}</span>
      <span><kbd>a</kbd> ${text('key_approve')}</span>
      <span><kbd>r</kbd> ${text('key_refuse')}</span>
      <button class="button quiet" type="button" aria-haspopup="dialog" aria-label=${text('keys')} @click=${help}><kbd>?</kbd></button>
    </p>
  `
}

/** All keys, in a dialog. */
export function keysDialog(closed: () => void): TemplateResult {
  return html`
    <dialog aria-labelledby="keys" @close=${closed}>
      <h2 id="keys">${text('keys')}</h2>
      <dl class="body all-keys">
        ${Object.entries(KEYS).map(([key, command]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${text(`key_${command}`)}</dd></div>`)}
      </dl>
      <form method="dialog" class="buttons"><button class="button main" autofocus>${text('close')}</button></form>
    </dialog>
  `
}
