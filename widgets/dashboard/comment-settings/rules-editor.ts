import { html, type TemplateResult } from 'lit'
import { VERDICTS } from '../../../server/contract/moderation-models.ts'
import type { ScreenRule } from '../../../server/contract/screening.ts'
import { text } from '../texts.ts'
import type { CommentsDraft } from './field-template.ts'

/** The rules of the policy `rules`: the first that fits decides. */
export function rulesEditor(draft: CommentsDraft): TemplateResult {
  const rules = draft.get('rules')
  const put = (changed: ScreenRule[]): void => draft.set('rules', changed)
  const change = (at: number, part: Partial<Record<keyof ScreenRule, unknown>>): void =>
    put(draft.get('rules').map((rule, i) => (i === at ? without({ ...rule, ...part } as ScreenRule) : rule)))
  const fault = draft.faultOf('rules')
  return html`
    <fieldset class="rules">
      <legend class="small muted">${text('rules_hint')}</legend>
      ${fault ? html`<p class="fault" role="alert">${fault}</p>` : ''}
      <ol>
        ${rules.map(
          (rule, i) => html`<li>
            ${field(text('rule_word'), rule.word ?? '', (word) => change(i, { word: word || undefined }))}
            ${field(text('rule_links'), `${rule.linksOver ?? ''}`, (links) => change(i, { linksOver: count(links) }))}
            ${field(text('rule_level'), `${rule.levelBelow ?? ''}`, (level) => change(i, { levelBelow: count(level) }))}
            ${field(text('rule_url'), rule.urlBegins ?? '', (url) => change(i, { urlBegins: url || undefined }))}
            <label class="tick"><input
              type="checkbox"
              .checked=${rule.guest === true}
              @change=${(event: Event) => change(i, { guest: (event.target as HTMLInputElement).checked || undefined })}
            />${text('rule_guest')}</label>
            <label>${text('rule_then')} <select
              class="field"
              @change=${(event: Event) => change(i, { verdict: (event.target as HTMLSelectElement).value })}
            >${VERDICTS.map(
              (verdict) =>
                html`<option value=${verdict} .selected=${verdict === rule.verdict}>${text(`verdict_${verdict}`)}</option>`,
            )}</select></label>
            <button type="button" class="button quiet" aria-label=${text('rule_remove', { n: String(i + 1) })}
              @click=${() => put(rules.filter((_, at) => at !== i))}>×</button>
          </li>`,
        )}
      </ol>
      <button type="button" class="button" @click=${() => put([...rules, { verdict: 'held' }])}>${text('rule_add')}</button>
    </fieldset>
  `
}

const field = (label: string, value: string, set: (value: string) => void): TemplateResult => html`<label
  >${label} <input class="field" autocomplete="off" .value=${value}
    @change=${(event: Event) => set((event.target as HTMLInputElement).value.trim())}
/></label>`

/** A number, or nothing; what is neither goes as it is, for the server to say so. */
const count = (typed: string): unknown =>
  typed === '' ? undefined : /^\d+$/.test(typed) ? Number(typed) : typed

const without = (rule: ScreenRule): ScreenRule =>
  Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as ScreenRule
