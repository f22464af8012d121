import { html, svg, type TemplateResult } from 'lit'
import { GAMEABLE_SPLITS, PAYING_TOUCHES, type Split } from '../../../server/contract/models.ts'
import { phrase } from '../parts/phrase.ts'
import { language, text } from '../texts.ts'
import { chosen, type Editing, faultsOf, folded, ticked, typed } from './fields.ts'
import { exampleOf, OFFERED } from './split-example.ts'

/** Who gets it: how it runs up the chain, which visit earns, and what goes to the author and the site first. */
export function peopleSection(editing: Editing): TemplateResult {
  const { form, change } = editing
  return html`
    <section class="panel part" aria-labelledby="who">
      <h2 id="who">${text('form_who')}</h2>
      ${ticked(editing, {
        field: 'rule.sharers',
        label: text('form_sharers'),
        hint: text('form_sharers_hint'),
        value: form.sharers,
        set: (sharers) => change({ sharers }),
      })}
      ${faultsOf(editing, 'rule.sharers')}
      ${form.sharers ? splitChoice(editing) : ''}
      ${folded(text('form_parts'), partsSummary(editing), parts(editing))}
      ${form.sharers ? folded(text('form_touch'), text(`visit_name_${form.touch}`), touch(editing)) : ''}
    </section>
  `
}

function splitChoice(editing: Editing): TemplateResult {
  const { form, change } = editing
  return html`
    <fieldset class="splits">
      <legend class="small muted">${text('form_split')}</legend>
      ${OFFERED.map(
        (split) => html`
          <label class="split">
            <input
              type="radio"
              name="split"
              value=${split}
              data-field="rule.split"
              .checked=${split === form.split}
              @change=${() => change({ split })}
            />
            <span class="about">
              <b>${text(`split_model_${split}`)}</b>
              <span class="small muted">${text(`split_way_${split}`)}</span>
            </span>
            ${example(split, Number(form.alpha) || 0)}
          </label>
        `,
      )}
    </fieldset>
    ${
      GAMEABLE_SPLITS.includes(form.split)
        ? html`<p class="warning" role="status">${text('form_gameable')}</p>`
        : ''
    }
    ${form.split === 'blend' ? alpha(editing) : ''}
    ${faultsOf(editing, 'rule.split')}
  `
}

/** How a pot is split over a chain of three, drawn and in words. */
function example(split: Split, alpha: number): TemplateResult {
  const parts = exampleOf(split, alpha)
  const percent = new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 0 })
  const [nearest, middle, first] = parts.map((part) => percent.format(part))
  return html`
    <span class="example small muted">
      <svg viewBox="0 0 46 24" width="46" height="24" aria-hidden="true">
        ${parts.map((part, i) => {
          const height = Math.max(1, part * 24)
          return svg`<rect x=${i * 16} y=${24 - height} width="14" height=${height} rx="2"></rect>`
        })}
      </svg>
      <span>${text('split_example', { nearest, middle, first })}</span>
    </span>
  `
}

function alpha(editing: Editing): TemplateResult {
  const { form, change } = editing
  const field = typed(editing, {
    field: 'rule.alpha',
    label: text('form_alpha'),
    value: form.alpha,
    size: 'few',
    set: (alpha) => change({ alpha }),
  })
  return html`<p class="sentence">${phrase('form_alpha_sentence', { alpha: field })}</p>${faultsOf(editing, 'rule.alpha')}`
}

function partsSummary({ form }: Editing): string {
  const [author, site] = [form.author.trim() || '0', form.site.trim() || '0']
  return text('form_parts_summary', { author, site })
}

function parts(editing: Editing): TemplateResult {
  const { form, change } = editing
  const part = (key: 'author' | 'site') =>
    typed(editing, {
      field: `rule.${key}`,
      label: text(`form_${key}_part`),
      value: form[key],
      size: 'few',
      placeholder: '0',
      set: (value) => change({ [key]: value }),
    })
  return html`
    <p class="sentence">${phrase('form_parts_sentence', { author: part('author'), site: part('site') })}</p>
    ${faultsOf(editing, 'rule.author', 'rule.site')}
  `
}

function touch(editing: Editing): TemplateResult {
  const { form, change } = editing
  const choice = chosen(editing, {
    field: 'rule.touch',
    label: text('form_touch'),
    value: form.touch,
    options: PAYING_TOUCHES.map((one) => [one, text(`visit_name_${one}`)] as const),
    set: (touch) => change({ touch }),
  })
  const halfLife = typed(editing, {
    field: 'rule.halfLifeDays',
    label: text('form_half_life'),
    value: form.halfLifeDays,
    size: 'few',
    set: (halfLifeDays) => change({ halfLifeDays }),
  })
  return html`
    <p class="sentence">${phrase('form_touch_sentence', { touch: choice })}</p>
    <p class="small muted">${text(`touch_about_${form.touch}`)}</p>
    ${
      form.touch === 'decay'
        ? html`<p class="sentence">${phrase('form_half_life_sentence', { days: halfLife })}</p>
            ${faultsOf(editing, 'rule.halfLifeDays')}`
        : ''
    }
  `
}
