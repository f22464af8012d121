import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { Acts, Ban, Bans, ModerationAct } from '../../../server/contract/moderation.ts'
import { post, RequestError, read } from '../api.ts'
import { formatCount, formatMoment } from '../format.ts'
import { actLine } from '../moderation/context-dialog.ts'
import { moderationStyles } from '../moderation/moderation.styles.ts'
import { PagedReport } from '../paged.ts'
import { exportLinks } from '../parts/export-links.ts'
import { further } from '../parts/further.ts'
import { phrase } from '../parts/phrase.ts'
import { personLink } from '../parts/pieces.ts'
import { shown } from '../parts/states.ts'
import { language, text } from '../texts.ts'
import { View } from '../view.ts'
import { bansStyles } from './bans.styles.ts'
import { subtreeForm } from './subtree-form.ts'

/** Who may not speak, and the record of all that moderators did. */
export class GrapevineBans extends View {
  static override styles = [View.styles, moderationStyles, bansStyles].flat()
  static override properties: PropertyDeclarations = {
    ...View.properties,
    busy: { state: true },
    fault: { state: true },
  }

  declare busy: boolean
  /** Why the last act was not done. */
  declare fault: string | undefined

  readonly #bans = new PagedReport<Ban, Bans>(
    this,
    () => 'bans',
    (signal, limit, cursor) => read('/v1/moderation/bans', { limit, cursor }, signal),
  )
  readonly #acts = new PagedReport<ModerationAct, Acts>(
    this,
    () => this.route.options.subject ?? '',
    (signal, limit, cursor) =>
      read('/v1/moderation/acts', { limit, cursor, subject: this.route.options.subject }, signal),
  )

  constructor() {
    super()
    this.busy = false
  }

  override render(): TemplateResult {
    const place = html`<div class="skeleton list-place"></div>`
    return html`
      <div class="stack">
        ${this.fault ? html`<p class="panel outcome bad" role="alert">${this.fault}</p>` : nothing}
        <section class="panel" aria-labelledby="bans">
          <header><h2 id="bans">${text('bans')}</h2></header>
          ${shown(
            this.#bans,
            place,
            ({ data }) => html`
            ${data.length === 0 ? html`<p class="nothing muted">${text('bans_none')}</p>` : html`<ul>${data.map((ban) => this.#row(ban))}</ul>`}
            ${further(this.#bans)}
          `,
          )}
          ${subtreeForm(this.busy, (ban) => this.#act(() => post('/v1/moderation/bans', ban)))}
        </section>
        <section class="panel" aria-labelledby="record">
          <header><h2 id="record">${text('record')}</h2>${exportLinks('/v1/moderation/acts')}</header>
          <p class="nothing small muted">${text('record_hint')}</p>
          ${shown(
            this.#acts,
            place,
            ({ data }) => html`
            <ul>${data.map((act) => html`<li class="record">${actLine(act, (undone) => void this.#act(() => post(`/v1/moderation/acts/${undone.id}/undo`, {})))}</li>`)}</ul>
            ${further(this.#acts)}
          `,
          )}
        </section>
      </div>
    `
  }

  #row({ id, kind, person, subtree, until, note, who, at, active }: Ban): TemplateResult {
    const whom = person
      ? html`<bdi>${personLink(person, this.linkToPerson)}</bdi>`
      : subtree
        ? phrase('ban_subtree', {
            name: html`<bdi>${personLink(subtree.person, this.linkToPerson)}</bdi>`,
            share: html`<a href=${this.linkToShare(subtree.code)}>${subtree.code}</a>`,
            n: formatCount(subtree.people, language()),
          })
        : text('somebody')
    return html`
      <li class="record ${active ? '' : 'over'}">
        <p class="act">
          <span>
            <b>${whom}</b> <span class="badge ${active ? 'refused' : ''}">${active ? text(`banned_${kind}`) : text('ban_over')}</span>
            <span class="small muted"
              >${until ? text('ban_until', { when: formatMoment(until, language()) }) : text('ban_forever')} · ${who} · ${formatMoment(at, language())}</span
            >
            ${note ? html`<q dir="auto">${note}</q>` : nothing}
          </span>
          ${active ? html`<button class="button" type="button" ?disabled=${this.busy} @click=${() => void this.#act(() => post(`/v1/moderation/bans/${id}/lift`, {}))}>${text('ban_lift')}</button>` : nothing}
        </p>
      </li>
    `
  }

  /** Does something, and reads both lists anew; whether the server took it. */
  async #act(does: () => Promise<unknown>): Promise<boolean> {
    this.busy = true
    this.fault = undefined
    try {
      await does()
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.fault = error.status === 0 ? text('error_unreachable') : error.message
    }
    this.#bans.retry()
    this.#acts.retry()
    this.busy = false
    return this.fault === undefined
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-bans': GrapevineBans
  }
}
