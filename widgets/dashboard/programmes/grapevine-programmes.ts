import { html, type TemplateResult } from 'lit'
import type { Programme, Programmes } from '../../../server/contract/programmes.ts'
import { read } from '../api.ts'
import { exportLinks } from '../parts/export-links.ts'
import { shown } from '../parts/states.ts'
import { Report } from '../report.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import type { ProgrammeSavedEvent } from './grapevine-programme.ts'
import { noProgrammes, programmeList } from './programme-list.ts'
import { programmeStyles } from './programmes.styles.ts'

/** Stands in a link for the programme that is being made. No id is so short. */
const NEW = 'new'

/** The programmes of the site: what each pays and has brought; one of them, or a new one, in its form. */
export class GrapevineProgrammes extends View {
  static override styles = [View.styles, programmeStyles].flat()

  readonly #report = new Report<Programmes>(
    this,
    () => 'all',
    (signal) => read('/v1/programmes', {}, signal),
  )

  override render() {
    return shown(this.#report, place, ({ data }) => this.#ready(data))
  }

  #ready(data: Programme[]): TemplateResult {
    const { programme: id } = this.route.options
    if (id === NEW) return this.#form(undefined)
    if (id !== undefined) {
      const programme = data.find((one) => one.id === id)
      return programme ? this.#form(programme) : this.#gone()
    }
    const create = this.linkTo({ options: { programme: NEW } })
    if (data.length === 0) return noProgrammes(create)
    return html`
      <div class="stack">
        <p class="actions">
          <span class="muted">${text('programmes_hint')}</span> ${exportLinks('/v1/programmes')}
          <a class="button main" href=${create}>${text('programme_new')}</a>
        </p>
        ${programmeList(data, {
          edit: (programme) => this.linkTo({ options: { programme } }),
          rewards: (programme, state) =>
            this.linkTo({ view: 'rewards', options: state ? { programme, state } : { programme } }),
        })}
      </div>
    `
  }

  #form(programme: Programme | undefined): TemplateResult {
    return html`
      <grapevine-programme
        .site=${this.site}
        .route=${this.route}
        .range=${this.range}
        .revision=${this.revision}
        .programme=${programme}
        @grapevine-programme-saved=${this.#saved}
      ></grapevine-programme>
    `
  }

  #gone(): TemplateResult {
    return html`
      <section class="panel message">
        <h2>${text('error_gone')}</h2>
        <a href=${this.linkTo({ options: {} })}>${text('programmes_back')}</a>
      </section>
    `
  }

  readonly #saved = async ({ programme }: ProgrammeSavedEvent): Promise<void> => {
    await this.#report.extend(async ({ data }) => {
      const others = data.filter(({ id }) => id !== programme.id)
      return { data: others.length < data.length ? data.map(replacing(programme)) : [programme, ...others] }
    })
    if (this.route.options.programme === NEW)
      location.replace(this.linkTo({ options: { programme: programme.id } }))
  }
}

const replacing =
  (saved: Programme) =>
  (one: Programme): Programme =>
    one.id === saved.id ? saved : one

const place = html`<div class="stack"><div class="skeleton card-place"></div><div class="skeleton card-place"></div></div>`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-programmes': GrapevineProgrammes
  }
}
