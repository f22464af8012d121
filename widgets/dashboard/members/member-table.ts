import { html, type TemplateResult } from 'lit'
import { BADGES } from '../../../server/contract/comment-limits.ts'
import type { Member, MemberChange } from '../../../server/contract/people.ts'
import { formatCount, formatDay } from '../format.ts'
import { guest, personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

/** What the table can do. */
export interface MemberActs {
  busy: boolean
  /** Owners alone make owners and admins. */
  mayMakeStaff: boolean
  link: (id: string) => string
  change: (member: Member, change: MemberChange) => void
}

const LEVELS = [0, 1, 2, 3, 4] as const

/** Members in rows, with what each may do. */
export function memberTable(members: readonly Member[], acts: MemberActs): TemplateResult {
  if (members.length === 0) return html`<p class="nothing muted">${text('members_none')}</p>`
  return html`
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${text('person')}</th>
            <th scope="col">${text('member_role')}</th>
            <th scope="col">${text('member_trust')}</th>
            <th scope="col" class="number">${text('comments')}</th>
            <th scope="col">${text('member_since')}</th>
          </tr>
        </thead>
        <tbody>${members.map((member) => row(member, acts))}</tbody>
      </table>
    </div>
  `
}

function row(member: Member, { busy, mayMakeStaff, link, change }: MemberActs): TemplateResult {
  const { role, level, comments, createdAt } = member
  const name = guest(member)
  const offered = BADGES.filter(
    (one) => mayMakeStaff || one === 'member' || one === 'moderator' || one === role,
  )
  return html`
    <tr>
      <th scope="row"><bdi>${personLink(member, link)}</bdi></th>
      <td>
        ${
          member.member
            ? html`<select
                class="field"
                aria-label=${text('member_role_of', { name })}
                ?disabled=${busy || (!mayMakeStaff && (role === 'owner' || role === 'admin'))}
                @change=${(event: Event) => change(member, { role: (event.target as HTMLSelectElement).value as Member['role'] })}
              >
                ${offered.map((one) => html`<option value=${one} .selected=${one === role}>${text(`role_${one}`)}</option>`)}
              </select>`
            : text('member_guest')
        }
      </td>
      <td>
        <select
          class="field"
          aria-label=${text('member_trust_of', { name })}
          ?disabled=${busy}
          @change=${(event: Event) => change(member, { level: chosen((event.target as HTMLSelectElement).value) })}
        >
          ${LEVELS.map((one) => html`<option value=${one} .selected=${one === level}>${text(`trust_${one}`)}</option>`)}
          <option value="">${text('trust_computed')}</option>
        </select>
      </td>
      <td class="number">${formatCount(comments, language())}</td>
      <td>${formatDay(createdAt, language())}</td>
    </tr>
  `
}

const chosen = (value: string): number | null => (value === '' ? null : Number(value))
