import { html, nothing, type TemplateResult } from 'lit'
import { GAMEABLE_SPLITS, SPLITS, TOUCHES } from '../choices.ts'
import { text } from '../texts.ts'
import { type Asked, isAnalysis, type Model } from './models.ts'

/** Options of the link that a choice changes; undefined takes one away. */
export type Changes = Readonly<Record<string, string | undefined>>

interface Card {
  title: string
  model: Model
  asked: Asked
  /** Where in the link the two choices are kept. */
  keys: { touch: string; split: string }
  choose: (changes: Changes) => void
  aside: TemplateResult | typeof nothing
}

/** One choice of models with what each of them means, and a warning where owners should think twice. */
export function modelCard({ title, model, asked, keys, choose, aside }: Card): TemplateResult {
  const { touch, split } = model
  const analysis = isAnalysis(touch)
  return html`
    <section class="panel model">
      <header><h2>${title}</h2>${aside}</header>
      <div class="axes">
        <label>
          <span class="small muted">${text('touch')}</span>
          ${choice(
            TOUCHES,
            touch,
            (name) => text(`touch_${name}`),
            (value) => choose({ [keys.touch]: value }),
          )}
        </label>
        <p class="small about">${text(`touch_about_${touch}`)}</p>
        ${touch === 'decay' ? halfLife(asked, choose) : nothing}
        ${
          analysis
            ? nothing
            : html`
              <label>
                <span class="small muted">${text('split')}</span>
                ${choice(
                  SPLITS,
                  split,
                  (name) => text(`split_model_${name}`),
                  (value) => choose({ [keys.split]: value }),
                )}
              </label>
              <p class="small about">${text(`split_way_${split}`)}</p>
              ${split === 'blend' ? alpha(asked, choose) : nothing}
              ${GAMEABLE_SPLITS.includes(split) ? html`<p class="warning">${text('form_gameable')}</p>` : nothing}
            `
        }
      </div>
    </section>
  `
}

function choice<T extends string>(
  names: readonly T[],
  chosen: T,
  label: (name: T) => string,
  choose: (value: string) => void,
): TemplateResult {
  const changed = (event: Event): void => choose((event.target as HTMLSelectElement).value)
  return html`
    <select class="field" @change=${changed}>
      ${names.map((name) => html`<option value=${name} .selected=${name === chosen}>${label(name)}</option>`)}
    </select>
  `
}

const halfLife = ({ halfLifeDays }: Asked, choose: Card['choose']) =>
  number(text('half_life'), halfLifeDays, { min: 0.01, max: 365 }, (halfLifeDays) => choose({ halfLifeDays }))

const alpha = (asked: Asked, choose: Card['choose']) =>
  number(text('form_alpha'), asked.alpha, { min: 0, max: 1 }, (alpha) => choose({ alpha }))

function number(
  label: string,
  value: number,
  { min, max }: { min: number; max: number },
  choose: (value: string) => void,
): TemplateResult {
  const changed = (event: Event): void => {
    const field = event.target as HTMLInputElement
    if (field.value !== '' && field.reportValidity()) choose(String(Number(field.valueAsNumber.toFixed(4))))
  }
  return html`
    <label>
      <span class="small muted">${label}</span>
      <input class="field" type="number" min=${min} max=${max} step="any" .value=${String(value)} @change=${changed} />
    </label>
  `
}

/** A choice in a few words. */
export const modelName = ({ touch, split }: Model): string =>
  isAnalysis(touch) ? text(`touch_${touch}`) : `${text(`touch_${touch}`)} · ${text(`split_model_${split}`)}`
