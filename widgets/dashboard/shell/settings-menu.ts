import { html, type TemplateResult } from 'lit'
import { LANGUAGES, type Language, language, setLanguage, text } from '../texts.ts'
import { THEMES, type Theme } from '../theme.ts'
import { icon } from './icons.ts'

/** Theme, language and the way out. */
export function settingsMenu(theme: Theme, themed: (to: Theme) => void, out: () => void): TemplateResult {
  const speak = (event: Event): void => {
    void setLanguage((event.target as HTMLSelectElement).value as Language, true)
  }
  return html`
    <button
      class="button settings"
      type="button"
      popovertarget="settings"
      aria-label=${text('settings')}
      title=${text('settings')}
    >
      ${icon('settings')}
    </button>
    <div id="settings" class="pop" popover role="dialog" aria-label=${text('settings')}>
      <div>
        <p class="small muted" id="theme">${text('theme')}</p>
        <div class="segments" role="group" aria-labelledby="theme">
          ${THEMES.map(
            (one) => html`
              <button type="button" aria-pressed=${one === theme ? 'true' : 'false'} @click=${() => themed(one)}>
                ${text(`theme_${one}`)}
              </button>
            `,
          )}
        </div>
      </div>
      <label>
        <span class="small muted">${text('language')}</span>
        <select class="field" @change=${speak}>
          ${Object.entries(LANGUAGES).map(
            ([tag, name]) =>
              html`<option value=${tag} lang=${tag} ?selected=${tag === language()}>${name}</option>`,
          )}
        </select>
      </label>
      <button class="button" type="button" @click=${out}>${text('sign_out')}</button>
    </div>
  `
}
