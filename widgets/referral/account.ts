import { html, nothing } from 'lit'
import type { Referral } from '../../server/contract/referral.ts'
import { accountStyles } from './account.styles.ts'
import { giftList } from './gift-list.ts'
import type { Part, ReferralHost } from './host.ts'
import { leaderboard } from './leaderboard.ts'
import { loadMoreTexts } from './more-texts.ts'
import { NameForm } from './name-form.ts'
import { ownTree } from './own-tree.ts'
import { PayoutForm } from './payout-form.ts'
import { progress } from './progress.ts'
import { rewardList } from './reward-list.ts'

/** How it is going for somebody who has acted; for others the leaderboard. Dresses the host for it. */
export async function account(host: ReferralHost): Promise<Part> {
  const texts = await loadMoreTexts()
  const { styleSheet } = accountStyles
  if (styleSheet) (host.renderRoot as ShadowRoot).adoptedStyleSheets.push(styleSheet)
  const name = new NameForm(host, texts)
  const payout = new PayoutForm(host, texts)
  const own = (data: Referral) => [
    progress(data, texts),
    payout.render(data),
    rewardList(host, data, texts),
    giftList(host, data, texts),
    ownTree(data, texts),
  ]
  return {
    render: () => {
      const { data, noLeaderboard } = host
      if (!data) return nothing
      return html`${data.person ? own(data) : nothing}
      ${noLeaderboard ? nothing : leaderboard(data, texts)}
      ${data.person ? name.render(data) : nothing}`
    },
  }
}
