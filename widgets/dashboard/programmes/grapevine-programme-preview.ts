import { css, html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { Preview, Rule } from '../../../server/contract/programmes.ts'
import { post } from '../api.ts'
import { formatCount } from '../format.ts'
import { formatMoney } from '../money.ts'
import { base } from '../parts/base.styles.ts'
import { phrase } from '../parts/phrase.ts'
import { bar, personLink } from '../parts/pieces.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { Report, type ReportHost } from '../report.ts'
import { language, text } from '../texts.ts'
import { Localized } from '../view.ts'

/** How far back a preview looks, in days. */
const SPANS = [30, 90, 365] as const

/** The form is asked about once it has rested this long, in milliseconds. */
const REST = 400

/** What a rule would have paid for past conversions, anew whenever the rule has changed. */
export class GrapevineProgrammePreview extends Localized implements ReportHost {
  static override styles = [
    base,
    tables,
    css`
      .says {
        padding: 0 16px 12px;
        font-size: 15px;
        line-height: 1.5;
      }
      .says b {
        font-weight: 650;
      }
      .more {
        display: grid;
        gap: 4px;
        padding: 0 16px 14px;
      }
      .bar {
        --bar: var(--conversions);
      }
      .preview-place {
        height: 150px;
        margin: 0 16px 16px;
      }
    `,
  ].flat()
  static override properties: PropertyDeclarations = {
    rule: { attribute: false },
    complete: { type: Boolean },
    person: { attribute: false },
    days: { state: true },
    asked: { state: true },
  }

  /** The rule that is tried: the last one that was complete. */
  declare rule: Rule
  /** Whether the form is a rule as it stands. */
  declare complete: boolean
  /** The link to a person's page. */
  declare person: (id: string) => string
  declare days: (typeof SPANS)[number]
  /** The rule that was asked about, as JSON. */
  declare asked: string
  /** A preview looks at the past: news do not change it while the form is filled in. */
  readonly revision = 0

  #rest: ReturnType<typeof setTimeout> | undefined

  readonly #report = new Report<Preview>(
    this,
    () => `${this.days} ${this.asked}`,
    () => {
      const to = Date.now()
      const from = to - this.days * 86_400_000
      const rule = JSON.parse(this.asked) as Rule
      const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
      return post('/v1/programmes/preview', { rule, ...span })
    },
  )

  constructor() {
    super()
    this.days = 30
    this.complete = false
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#rest)
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('rule')) return
    const asked = JSON.stringify(this.rule)
    clearTimeout(this.#rest)
    if (this.asked === undefined) this.asked = asked
    else if (asked !== this.asked)
      this.#rest = setTimeout(() => {
        this.asked = asked
      }, REST)
  }

  override render() {
    return html`
      <section class="panel" aria-labelledby="preview">
        <header>
          <h2 id="preview">${text('preview')}</h2>
          <div class="segments" role="group" aria-label=${text('range')}>
            ${SPANS.map(
              (days) => html`
                <button
                  type="button"
                  aria-pressed=${days === this.days ? 'true' : 'false'}
                  @click=${() => {
                    this.days = days
                  }}
                >
                  ${text('preview_days', { n: String(days) })}
                </button>
              `,
            )}
          </div>
        </header>
        ${this.complete ? nothing : html`<p class="says muted">${text('preview_incomplete')}</p>`}
        ${shown(this.#report, html`<div class="skeleton preview-place"></div>`, (preview) => this.#ready(preview))}
      </section>
    `
  }

  #ready(preview: Preview): TemplateResult {
    const lang = language()
    const { conversions, earning, people, paid, house, data } = preview
    const days = text('days_n', { count: this.days, n: String(this.days) })
    if (conversions === 0) return html`<p class="says muted">${text('preview_none', { days })}</p>`
    return html`
      <p class="says" role="status">
        ${phrase('preview_sentence', {
          days,
          amount: html`<b>${formatMoney(paid, lang)}</b>`,
          people: html`<b>${text('people_n', { count: people, n: formatCount(people, lang) })}</b>`,
          earning: html`<b>${formatCount(earning, lang)}</b>`,
          conversions: text('conversions_n', { count: conversions, n: formatCount(conversions, lang) }),
        })}
      </p>
      <div class="more small muted">
        ${earning === 0 ? html`<p>${text(this.rule.proof === 'proved' ? 'preview_why_proved' : 'preview_why')}</p>` : nothing}
        ${house.amount > 0 ? html`<p>${text('preview_house', { amount: formatMoney(house, lang) })}</p>` : nothing}
      </div>
      ${data.length > 0 ? topPeople(data, this.person) : nothing}
    `
  }
}

function topPeople(data: Preview['data'], link: (id: string) => string): TemplateResult {
  const most = Math.max(...data.map(({ amount }) => amount.amount))
  return html`
    <table>
      <thead>
        <tr>
          <th scope="col">${text('preview_top')}</th>
          <th scope="col" class="number">${text('preview_amount')}</th>
        </tr>
      </thead>
      <tbody>
        ${data.slice(0, 8).map(
          ({ person, amount }) => html`
            <tr>
              <th scope="row">${personLink(person, link)}</th>
              <td class="number">${formatMoney(amount, language())} ${bar(amount.amount, most)}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-programme-preview': GrapevineProgrammePreview
  }
}
