import { html, type TemplateResult } from 'lit'
import type { DashboardText } from '../../locales/dashboard.en.ts'
import { text } from '../texts.ts'
import type { Keys } from './queue-keys.ts'

/** The keys that matter most, in a line, for those who have a keyboard; the others behind a button. */
export function keysHint(
  most: readonly (readonly [keys: string, does: DashboardText])[],
  help: () => void,
): TemplateResult {
  return html`
    <p class="keys small muted">
      ${most.map(([keys, does]) => html`<span>${keys.split(' ').map((key) => html`<kbd>${key}</kbd> `)}${text(does)}</span>`)}
      <button class="button quiet" type="button" aria-haspopup="dialog" aria-label=${text('keys')} @click=${help}><kbd>?</kbd></button>
    </p>
  `
}

/** All keys, in a dialog; `named` gives what each command does in words. */
export function keysDialog<Command extends string>(
  keys: Keys<Command>,
  named: (command: Command) => DashboardText,
  closed: () => void,
): TemplateResult {
  return html`
    <dialog aria-labelledby="keys" @close=${closed}>
      <h2 id="keys">${text('keys')}</h2>
      <dl class="body all-keys" tabindex="0">
        ${Object.entries(keys).map(([key, command]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${text(named(command))}</dd></div>`)}
      </dl>
      <form method="dialog" class="buttons"><button class="button main" autofocus>${text('close')}</button></form>
    </dialog>
  `
}
