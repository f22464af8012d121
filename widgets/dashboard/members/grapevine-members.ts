import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { BADGES } from '../../../server/contract/comment-limits.ts'
import type { Member, MemberChange, Members } from '../../../server/contract/people.ts'
import { patch, RequestError, read } from '../api.ts'
import { PagedReport } from '../paged.ts'
import { further } from '../parts/further.ts'
import { segments } from '../parts/pieces.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { memberTable } from './member-table.ts'
import { membersStyles } from './members.styles.ts'

/** Whom the owner knows by name, and what they may do. */
export class GrapevineMembers extends View {
  static override styles = [View.styles, tables, membersStyles].flat()
  static override properties: PropertyDeclarations = {
    ...View.properties,
    busy: { state: true },
    notice: { state: true },
    sought: { state: true },
  }

  declare busy: boolean
  /** What came of the last act, in words. */
  declare notice: { good: boolean; text: string } | undefined
  /** Part of a name that is looked for. */
  declare sought: string

  readonly #members = new PagedReport<Member, Members>(
    this,
    () => `${this.#role ?? ''} ${this.sought}`,
    (signal, limit, cursor) =>
      read('/v1/people', { limit, cursor, role: this.#role, q: this.sought || undefined }, signal),
  )

  constructor() {
    super()
    this.busy = false
    this.sought = ''
  }

  override render(): TemplateResult {
    const roles = [undefined, ...BADGES]
    return html`
      <div class="stack">
        <div class="said" role="status">
          ${this.notice ? html`<p class="notice panel ${this.notice.good ? '' : 'bad'}">${this.notice.text}</p>` : nothing}
        </div>
        <section class="panel" aria-labelledby="list">
          <header>
            <h2 id="list">${text('members')}</h2>
            ${segments(
              text('member_role'),
              roles.map((role) => ({
                name: text(role ? `role_${role}` : 'role_all'),
                href: this.linkWith({ state: role }),
                on: role === this.#role,
              })),
            )}
            <label class="search"
              ><span class="spoken">${text('member_search')}</span
              ><input class="field" type="search" placeholder=${text('member_search')} .value=${this.sought} @change=${this.#search}
            /></label>
            <p class="small muted about">${text('members_hint')}</p>
          </header>
          ${shown(
            this.#members,
            html`<div class="skeleton list-place"></div>`,
            (members) => html`
            ${memberTable(members.data, {
              busy: this.busy,
              mayMakeStaff: this.site.role === 'owner',
              link: this.linkToPerson,
              change: this.#change,
            })}
            ${further(this.#members)}
          `,
          )}
        </section>
      </div>
    `
  }

  get #role() {
    return BADGES.find((role) => role === this.route.options.state)
  }

  readonly #search = (event: Event): void => {
    this.sought = (event.target as HTMLInputElement).value.trim()
  }

  readonly #change = async (member: Member, change: MemberChange): Promise<void> => {
    this.busy = true
    this.notice = undefined
    try {
      const changed = await patch(`/v1/people/${member.id}`, change)
      await this.#members.extend(async (members) => ({
        ...members,
        data: members.data.map((one) => (one.id === changed.id ? changed : one)),
      }))
      this.notice = { good: true, text: text('member_changed', { name: changed.name ?? text('somebody') }) }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.notice = { good: false, text: error.status === 0 ? text('error_unreachable') : error.message }
    }
    this.busy = false
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-members': GrapevineMembers
  }
}
