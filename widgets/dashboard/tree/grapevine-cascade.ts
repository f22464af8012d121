import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { CascadeTree } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { formatCount, formatRatio, pagePath } from '../format.ts'
import { shown } from '../parts/states.ts'
import { Report } from '../report.ts'
import { language, text } from '../texts.ts'
import { View } from '../view.ts'
import { type Branches, buildBranches } from './branches.ts'
import { cascadeStyles } from './cascade.styles.ts'
import type { ChosenEvent } from './events.ts'
import type { SizedBy } from './node-template.ts'
import { shareDetails } from './share-details.ts'

/** One cascade: its figures, its tree, and the chosen node with its chain. */
export class GrapevineCascade extends View {
  static override styles = [View.styles, cascadeStyles].flat()
  static override properties: PropertyDeclarations = {
    ...View.properties,
    chosen: { state: true },
    sizedBy: { state: true },
  }

  /** The chosen share's code or conversion's id. */
  declare chosen: string | undefined
  declare sizedBy: SizedBy

  #branches: { of: CascadeTree; linked: Branches | undefined } | undefined
  readonly #report = new Report<CascadeTree>(
    this,
    () => this.route.code ?? '',
    (signal) => read(`/v1/reports/cascades/${encodeURIComponent(this.route.code ?? '')}`, {}, signal),
  )

  constructor() {
    super()
    this.sizedBy = 'visits'
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route')) this.chosen = this.route.options.share ?? this.chosen
  }

  override render() {
    return html`
      <div class="stack">
        ${shown(this.#report, place, (tree) => this.#ready(tree))}
      </div>
    `
  }

  #ready(tree: CascadeTree): TemplateResult {
    const page = pagePath(tree.url)
    const linked = this.#linked(tree)
    const node = linked?.byId.get(this.chosen ?? '') ?? linked?.root
    return html`
      <div class="stack">
        ${head(tree, page, this.linkTo({ view: 'cascades', options: {} }))}
        <div class="both">
          <section class="panel tree">
            <header>
              <p class="legend">
                <span><span class="bead" aria-hidden="true"></span>${text('legend_share')}</span>
                <span><span class="bead buyer" aria-hidden="true"></span>${text('legend_buyer')}</span>
              </p>
              ${this.#sizes()}
            </header>
            <div class="place">
              <grapevine-tree
                .tree=${tree}
                .chosen=${node?.id}
                .sizedBy=${this.sizedBy}
                .label=${text('tree_label', { page })}
                @grapevine-chosen=${this.#choose}
              ></grapevine-tree>
            </div>
            <p class="keys small muted">
              ${tree.truncated ? html`${text('tree_truncated')} ` : nothing}${text('tree_hint')}
            </p>
          </section>
          <section class="panel details" aria-labelledby="details">
            <h2 id="details">${text('details')}</h2>
            <div aria-live="polite">${shareDetails(node, this.#pick, this.#links)}</div>
          </section>
        </div>
      </div>
    `
  }

  #sizes(): TemplateResult {
    return html`
      <div class="legend">
        <span class="muted" id="sizes">${text('node_size')}</span>
        <div class="segments" role="group" aria-labelledby="sizes">
          ${(['visits', 'below'] as const).map(
            (by) => html`
              <button
                type="button"
                aria-pressed=${by === this.sizedBy ? 'true' : 'false'}
                @click=${() => {
                  this.sizedBy = by
                }}
              >
                ${text(`node_size_${by}`)}
              </button>
            `,
          )}
        </div>
      </div>
    `
  }

  #linked(tree: CascadeTree): Branches | undefined {
    if (this.#branches?.of !== tree) this.#branches = { of: tree, linked: buildBranches(tree) }
    return this.#branches.linked
  }

  readonly #choose = (event: ChosenEvent): void => this.#pick(event.id)

  /** The choice goes into the address without a step in the history. */
  readonly #links = {
    person: this.linkToPerson,
    conversions: (share: string): string => this.linkTo({ view: 'conversions', options: { share } }),
  }

  readonly #pick = (id: string): void => {
    this.chosen = id
    history.replaceState(history.state, '', this.linkWith({ share: id }))
  }
}

function head(tree: CascadeTree, page: string, back: string): TemplateResult {
  const lang = language()
  const figure = (name: string, value: string, hint = '') =>
    html`<div title=${hint}><dt>${name}</dt><dd>${value}</dd></div>`
  return html`
    <div>
      <div class="crumb">
        <a href=${back}>← ${text('back')}</a>
        <h2><a href=${tree.url} target="_blank" rel="noopener noreferrer">${page}</a></h2>
      </div>
      <dl class="measures">
        ${figure(text('shares'), formatCount(tree.size, lang))} ${figure(text('visits'), formatCount(tree.visits, lang))}
        ${figure(text('conversions'), formatCount(tree.conversions, lang))}
        ${figure(text('depth'), formatCount(tree.depth, lang))} ${figure(text('breadth'), formatCount(tree.breadth, lang))}
        ${figure(text('virality'), formatRatio(tree.virality, lang), text('virality_hint'))}
      </dl>
    </div>
  `
}

const place = html`<div class="skeleton tree-place"></div>`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-cascade': GrapevineCascade
  }
}
