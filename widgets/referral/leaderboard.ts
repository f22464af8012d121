import { html, nothing } from 'lit'
import type { Referral } from '../../server/contract/referral.ts'
import type { Texts } from '../core/i18n.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import { section } from './section.ts'

/** Those with the most friends among those who want to be seen, and where the reader stands. */
export function leaderboard({ leaderboard: leaders, rank }: Referral, { t, lang }: Texts<MoreKey>) {
  if (leaders.length === 0 && rank === null) return nothing
  const number = new Intl.NumberFormat(lang)
  return section(
    'leaders',
    t('leaderboard'),
    html`
      ${
        leaders.length === 0
          ? html`<p class="note">${t('noLeaders')}</p>`
          : html`<ol class="leaders">
            ${leaders.map(
              ({ rank, name, friends, you }) => html`<li class=${you ? 'you' : ''}>
                <span class="rank">${number.format(rank)}</span>
                <span class="who"><bdi>${name}</bdi>${you ? html` <i>${t('your')}</i>` : nothing}</span>
                <span class="quiet">${t('friends', { count: friends })}</span>
              </li>`,
            )}
          </ol>`
      }
      ${
        rank === null || leaders.some(({ you }) => you)
          ? nothing
          : html`<p class="note">${t('rank', { rank: number.format(rank) })}</p>`
      }
    `,
  )
}
