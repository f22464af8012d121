import { html, nothing, type TemplateResult } from 'lit'
import type { Reward } from '../../../server/contract/rewards.ts'
import { formatDay, formatMoment } from '../format.ts'
import { formatMoney } from '../money.ts'
import { phrase } from '../parts/phrase.ts'
import { guest, personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import { ACT_TEXTS, type Act, BECOMES, can, isOpen } from './reward-acts.ts'

/** What a row of the queue needs to know and can do. */
export interface RowSetting {
  selected: boolean
  current: boolean
  /** What is being said of it right now, before the server has answered. */
  saying: Act | undefined
  person: (id: string) => string
  programme: (id: string) => string
  conversion: (id: string) => string
  payout: (id: string) => string
  select: () => void
  decide: (act: Act) => void
  why: () => void
}

/** One reward: for whom, for what, why it waits if it does, and what can be said of it. */
export function rewardRow(reward: Reward, setting: RowSetting): TemplateResult {
  const { selected, current, saying } = setting
  const left = { ...reward.amount, amount: reward.amount.amount - reward.reversed.amount }
  const name = text('reward_spoken', {
    amount: formatMoney(left, language()),
    id: guest(reward.person),
  })
  return html`
    <li
      class="reward ${selected ? 'selected' : ''} ${saying ? 'saying' : ''}"
      data-id=${reward.id}
      tabindex="-1"
      aria-current=${current ? 'true' : 'false'}
    >
      <span class="pick">
        ${
          isOpen(reward)
            ? html`<input type="checkbox" aria-label=${text('reward_select', { name })} .checked=${selected} @change=${setting.select} />`
            : nothing
        }
      </span>
      <div class="what">
        <p class="who">${personLink(reward.person, setting.person)} <span class="muted">${role(reward)}</span></p>
        <p class="small">${about(reward, setting)}</p>
        ${reward.reasons.length > 0 ? reasons(reward) : nothing}
        ${reward.state === 'review' ? nothing : html`<p class="small muted">${standing(reward, setting)}</p>`}
        ${reward.decisions.map(decision)}
      </div>
      <div class="worth">
        <b>${formatMoney(left, language())}</b>
        <span class="badge ${saying ? BECOMES[saying] : reward.state}"
          >${text(`reward_${saying ? BECOMES[saying] : reward.state}`)}</span
        >
        ${
          reward.reversed.amount > 0
            ? html`<span class="small muted">${text('reward_taken_back', { amount: formatMoney(reward.reversed, language()) })}</span>`
            : nothing
        }
      </div>
      <div class="acts">
        ${(['approve', 'refuse'] as const).map((act) =>
          can(act, reward)
            ? html`
                <button class="button ${act}" type="button" ?disabled=${saying !== undefined} @click=${() => setting.decide(act)}>
                  ${text(`reward_do_${act}`)}
                </button>
              `
            : nothing,
        )}
        <button class="button quiet" type="button" aria-haspopup="dialog" @click=${setting.why}>${text('reward_why')}</button>
      </div>
    </li>
  `
}

function role({ role, hop }: Reward): string {
  if (role !== 'sharer' || hop === null) return text(`reward_as_${role}`)
  return hop === 1 ? text('reward_as_nearest') : text('reward_as_hop', { n: String(hop) })
}

function about({ conversion, programme }: Reward, links: RowSetting) {
  const { name, orderId, value, at } = conversion
  const order = orderId ? ` · ${text('order', { id: orderId })}` : ''
  return phrase('reward_about', {
    conversion: html`<a href=${links.conversion(conversion.id)}>${name}</a>${order}`,
    value: value ? html`<b>${formatMoney(value, language())}</b>` : text('reward_no_value'),
    when: html`<time datetime=${at}>${formatMoment(at, language())}</time>`,
    programme: html`<a href=${links.programme(programme.id)}>${programme.name}</a>`,
  })
}

function reasons({ reasons, state }: Reward): TemplateResult {
  return html`
    <ul class="reasons ${state === 'review' ? 'warning' : 'small muted'}" aria-label=${text('reward_noticed')}>
      ${reasons.map((reason) => html`<li>${text(`reason_${reason}`)}</li>`)}
    </ul>
  `
}

/** What comes next of it, by itself or by the owner. */
function standing({ state, approveAt, payout }: Reward, links: RowSetting) {
  if (payout) {
    const link = html`<a href=${links.payout(payout)}>${text('reward_payout')}</a>`
    return phrase(state === 'paid' ? 'reward_paid_in' : 'reward_waits_in', { payout: link })
  }
  if (state !== 'pending') return text(`reward_next_${state}`)
  return text('reward_hold', { day: formatDay(approveAt, language()) })
}

function decision({ at, who, act, note }: Reward['decisions'][number]): TemplateResult {
  const said = ACT_TEXTS[act]
  const when = formatMoment(at, language())
  return html`
    <p class="small muted">
      ${said ? text(said, { who, when }) : `${act} · ${who} · ${when}`}${note ? html`: <q>${note}</q>` : nothing}
    </p>
  `
}
