import { html, type TemplateResult } from 'lit'
import { phrase } from '../parts/phrase.ts'
import { text } from '../texts.ts'
import { type Editing, faultsOf, ticked, typed } from './fields.ts'
import { potFields } from './pot-fields.ts'
import { nextTier, type RuleForm } from './rule-form.ts'

/** Most tiers a rule may have, by the contract. */
const MOST_TIERS = 10

/** How much a conversion earns, more with each friend if so wished, and what the buyer gets. */
export function potSection(editing: Editing): TemplateResult {
  const { form, change } = editing
  return html`
    <section class="panel part" aria-labelledby="pot">
      <h2 id="pot">${text('form_pot')}</h2>
      ${potFields(editing, 'rule.pot', text('form_pot'), form.pot, (pot) => change({ pot }))}
      ${form.tiers.map((tier, i) => tierFields(editing, tier, i))}
      ${faultsOf(editing, 'rule.tiers')}
      <p>
        <button
          class="button"
          type="button"
          data-field="rule.tiers"
          ?disabled=${form.tiers.length >= MOST_TIERS}
          @click=${() => change({ tiers: [...form.tiers, nextTier(form)] })}
        >
          ${text('form_tier_add')}
        </button>
        <span class="small muted">${text('form_tier_hint')}</span>
      </p>
      ${ticked(editing, {
        field: 'rule.buyer',
        label: text('form_two_sided'),
        hint: text('form_two_sided_hint'),
        value: form.twoSided,
        set: (twoSided) => change({ twoSided }),
      })}
      ${
        form.twoSided
          ? html`<div class="inner">${potFields(editing, 'rule.buyer', text('form_two_sided'), form.buyer, (buyer) => change({ buyer }))}</div>`
          : ''
      }
    </section>
  `
}

function tierFields(editing: Editing, tier: RuleForm['tiers'][number], i: number): TemplateResult {
  const { form, change } = editing
  const set = (part: Partial<typeof tier>): void =>
    change({ tiers: form.tiers.map((one, at) => (at === i ? { ...one, ...part } : one)) })
  const from = typed(editing, {
    field: `rule.tiers[${i}].from`,
    label: text('form_tier_from'),
    value: tier.from,
    size: 'few',
    mode: 'numeric',
    set: (from) => set({ from }),
  })
  return html`
    <div class="inner tier">
      <p class="sentence">${phrase('form_tier_sentence', { from })}</p>
      <button
        class="button quiet"
        type="button"
        aria-label=${text('form_tier_remove_of', { from: tier.from })}
        @click=${() => change({ tiers: form.tiers.filter((_, at) => at !== i) })}
      >
        ${text('form_tier_remove')}
      </button>
      ${faultsOf(editing, `rule.tiers[${i}].from`)}
      ${potFields(editing, `rule.tiers[${i}].pot`, text('form_tier_pot', { from: tier.from }), tier.pot, (pot) => set({ pot }))}
    </div>
  `
}
