import { html, type TemplateResult } from 'lit'
import type { CommentSettings } from '../../../server/contract/screening.ts'
import { text } from '../texts.ts'
import type { CommentsDraft } from './field-template.ts'

type Akismet = NonNullable<CommentSettings['akismet']>
type Hook = NonNullable<CommentSettings['hook']>

const AKISMET: Akismet = { url: 'https://rest.akismet.com/1.1/comment-check', key: '', onSpam: 'held' }
const HOOK: Hook = { url: '', secret: '', timeoutMs: 2000, onFailure: 'held' }

/** Checks by other servers: an Akismet-compatible one, and one of the owner's own. */
export function checksSection(draft: CommentsDraft): TemplateResult {
  const [akismet, hook] = [draft.get('akismet'), draft.get('hook')]
  const onAkismet = (part: Partial<Akismet>): void =>
    draft.set('akismet', { ...(akismet ?? AKISMET), ...part })
  const onHook = (part: Partial<Hook>): void => draft.set('hook', { ...(hook ?? HOOK), ...part })
  return html`
    ${tick(text('check_akismet'), text('check_akismet_hint'), akismet !== null, (on) => draft.set('akismet', on ? AKISMET : null))}
    ${
      akismet
        ? html`<div class="inner">
            ${line(text('check_url'), akismet.url, (url) => onAkismet({ url }), draft.faultOf('akismet.url'))}
            ${line(text('check_key'), akismet.key, (key) => onAkismet({ key }), draft.faultOf('akismet.key'))}
            ${choice(text('check_spam'), ['held', 'refused'], akismet.onSpam, (onSpam) => onAkismet({ onSpam: onSpam as Akismet['onSpam'] }))}
          </div>`
        : ''
    }
    ${tick(text('check_hook'), text('check_hook_hint'), hook !== null, (on) => draft.set('hook', on ? HOOK : null))}
    ${
      hook
        ? html`<div class="inner">
            ${line(text('check_url'), hook.url, (url) => onHook({ url }), draft.faultOf('hook.url'))}
            ${line(text('check_secret'), hook.secret, (secret) => onHook({ secret }), draft.faultOf('hook.secret'))}
            ${line(text('check_timeout'), `${hook.timeoutMs}`, (ms) => onHook({ timeoutMs: /^\d+$/.test(ms) ? Number(ms) : (ms as never) }), draft.faultOf('hook.timeoutMs'))}
            ${choice(text('check_failure'), ['visible', 'held'], hook.onFailure, (onFailure) => onHook({ onFailure: onFailure as Hook['onFailure'] }))}
          </div>`
        : ''
    }
  `
}

/** Something that holds or not, and what it means. */
export const tick = (
  label: string,
  hint: string,
  checked: boolean,
  set: (on: boolean) => void,
): TemplateResult => html`<label class="tick">
  <input type="checkbox" .checked=${checked} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} />
  <span>${label}<span class="small muted hint">${hint}</span></span>
</label>`

/** A line to type in. */
export const line = (
  label: string,
  value: string,
  set: (value: string) => void,
  fault?: string,
  placeholder = '',
): TemplateResult => html`<label class="setting text"
  ><span>${label}</span>
  <input class="field" autocomplete="off" spellcheck="false" placeholder=${placeholder} .value=${value}
    aria-invalid=${fault ? 'true' : 'false'}
    @change=${(event: Event) => set((event.target as HTMLInputElement).value.trim())} />
  ${fault ? html`<span class="fault" role="alert">${fault}</span>` : ''}
</label>`

const choice = (
  label: string,
  options: readonly ('visible' | 'held' | 'refused')[],
  value: string,
  set: (value: string) => void,
): TemplateResult => html`<label class="setting choice"
  ><span>${label}</span>
  <select class="field" @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
    ${options.map((option) => html`<option value=${option} .selected=${option === value}>${text(`verdict_${option}`)}</option>`)}
  </select>
</label>`
