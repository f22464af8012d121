import { html, type TemplateResult } from 'lit'
import type { Translate } from '../core/i18n.ts'
import { keep, recall } from '../core/storage.ts'
import type { ShareKey } from '../locales/share-more.en.ts'
import { mastodonHost } from './networks.ts'

/** Asks for the visitor's Mastodon server, and remembers it where that is allowed. Answers how to draw the form. */
export function mastodonForm(
  t: Translate<ShareKey>,
  go: (host: string) => void,
  redraw: () => void,
): () => TemplateResult {
  let refused = false
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const field = (event.target as HTMLFormElement).elements.namedItem('server') as HTMLInputElement
    const host = mastodonHost(field.value)
    refused = !host
    if (host) {
      keep('mastodon', host)
      go(host)
    } else {
      field.focus()
      redraw()
    }
  }
  const remembered = recall('mastodon') ?? ''
  return () => html`
    <form novalidate @submit=${submit}>
      <label for="server">${t('server')}</label>
      <input
        class="field"
        id="server"
        name="server"
        autofocus
        inputmode="url"
        autocapitalize="none"
        autocomplete="off"
        spellcheck="false"
        placeholder="mastodon.social"
        aria-describedby="refusal"
        aria-invalid=${refused}
        .defaultValue=${remembered}
      />
      <p id="refusal" role="alert">${refused ? t('notServer') : ''}</p>
      <button class="lead" type="submit">${t('go')}</button>
    </form>
  `
}
