import { html, type TemplateResult } from 'lit'
import { icon } from '../ui/icon.ts'
import type { ReferralHost } from './host.ts'

const COPY = 'M9 9h10.5v10.5H9zM15 5.5v-1H4.5V15h1'

/** A text with a button that copies it; where no script may copy, it stands there to be copied by hand. */
export function copyField(
  host: ReferralHost,
  text: string,
  label: string,
  onCopied?: () => void,
): TemplateResult {
  const { t } = host.texts
  const done = host.copied === text
  const copy = async ({ currentTarget }: Event) => {
    const field = (currentTarget as HTMLElement).previousElementSibling as HTMLInputElement
    if (await host.copy(text)) onCopied?.()
    else field.focus()
  }
  return html`
    <div class="copy">
      <input
        class="field"
        part="link"
        readonly
        aria-label=${label}
        .value=${text}
        @focus=${({ target }: Event) => (target as HTMLInputElement).select()}
      />
      <button class="lead" part="button lead" type="button" @click=${copy}>
        ${icon(done ? undefined : COPY)}<span>${t(done ? 'copied' : 'copy')}</span>
      </button>
    </div>
  `
}
