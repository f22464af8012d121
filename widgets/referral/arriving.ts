import { GiftCard } from './gift-card.ts'
import type { Part, ReferralHost } from './host.ts'
import { InvitationCard } from './invitation-card.ts'
import { loadMoreTexts } from './more-texts.ts'

/** What somebody sees who was sent here: the gift they were given, the invitation they came by. */
export async function arriving(host: ReferralHost): Promise<Part> {
  const texts = await loadMoreTexts()
  const cards = [new GiftCard(host, texts), new InvitationCard(host, texts)]
  await Promise.all(cards.map((card) => card.load()))
  return { render: () => cards.map((card) => card.render()) }
}
