import { REASONS, type Reason } from '../contract/models.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** How long ago somebody may have brought somebody for it to be a ring when they are brought back. */
export const RING_MS = 90 * DAY_MS
/** Within what time conversions under one root make a burst, and how many do not yet. */
export const BURST_MS = 60 * 60 * 1000
export const BURST = 10
/** Nobody buys this soon after arriving, nor arrives this soon after the link was made. */
const BUYING_MS = 2000
const PASSING_ON_MS = 1000

/** What somebody bought before. */
export interface Purchase {
  at: number
  /** The key they bought by. */
  visitor: string | null
  mail: string | null
  /** Whether the buyer in question is on the chain it came by. */
  throughBuyer: boolean
}

/** One who is to be rewarded, or stands on the chain, as far as it bears on whether they are who they seem. */
export interface Known {
  person: string
  onChain: boolean
  keys: ReadonlySet<string>
  mails: ReadonlySet<string>
  payouts: ReadonlySet<string>
  /** The mark of the mail address that their money goes to, if it is one. */
  payoutMail: string | undefined
  payoutIsDisposable: boolean
  purchases: readonly Purchase[]
  /** When those who brought them bought through the buyer: a ring of three. */
  bringersBought: readonly number[]
}

/** A conversion that is to be paid for, as far as it bears on whether it is what it seems. */
export interface Deal {
  at: number
  /** Who bought: as was known at that moment, and as is known by now. */
  buyer: { before: string | null; now: string | null }
  /** The key they bought by. */
  visitor: string | null
  mail: string | null
  /** Known of the buyer as a person, where they are one. */
  known: Known | undefined
  /** What was suspicious when it was reported. */
  signs: readonly string[]
  /** The buyer's first visit through the share of the last touch, where there was one, and when that was minted. */
  arrival: { at: number; minted: number } | undefined
  /** When conversions under the same root happened, this one included: the nearest in time, as many as tell a burst. */
  together: readonly number[]
}

/** Why a reward for each of these people has to wait for the owner. A buyer waits for what joins them to the chain. */
export function suspect(deal: Deal, people: readonly Known[]): Map<string, Reason[]> {
  const ofDeal = reasonsOfDeal(deal)
  const ofPeople = people.map((one) => [one.person, reasonsOf(one, deal)] as const)
  const joined = ofPeople.flatMap(([, reasons]) => reasons.filter((reason) => reason !== 'disposable_mail'))
  return new Map(
    ofPeople.map(([person, reasons]) => {
      const found = new Set([...ofDeal, ...reasons, ...(person === deal.buyer.now ? joined : [])])
      return [person, REASONS.filter((reason) => found.has(reason))]
    }),
  )
}

/** What makes a conversion suspicious, whoever is rewarded for it. */
function reasonsOfDeal(deal: Deal): Reason[] {
  const { at, arrival, signs } = deal
  const found: Partial<Record<Reason, boolean>> = {
    // Told by the page alone: what a site's own server tells comes without gestures, and honestly so.
    no_gesture: signs.includes('no_gesture'),
    disposable_mail: signs.includes('disposable_mail'),
    bot: signs.includes('bot'),
    burst: isBurst(deal),
    timing:
      arrival !== undefined &&
      (within(at - arrival.at, BUYING_MS) || within(arrival.at - arrival.minted, PASSING_ON_MS)),
  }
  return REASONS.filter((reason) => found[reason])
}

/** A time that runs backwards proves nothing: a queue may have told either moment a little wrong. */
const within = (passed: number, ms: number): boolean => passed >= 0 && passed < ms

/** Whether some hour with this conversion in it saw more than a human circle buys. */
function isBurst({ at, together }: Deal): boolean {
  const times = together.toSorted((a, b) => a - b)
  return times.some((from, i) => {
    const last = times[i + BURST]
    return last !== undefined && last - from <= BURST_MS && from <= at && at <= last + BURST_MS
  })
}

/** What joins somebody to the buyer, or makes them suspicious themselves. */
function reasonsOf(one: Known, deal: Deal): Reason[] {
  const { buyer, mail, known } = deal
  const found: Partial<Record<Reason, boolean>> = {
    self_referral: isBuyer(one, deal),
    disposable_mail: one.payoutIsDisposable,
  }
  if (one.person !== buyer.now) {
    const mails = new Set([...one.mails, ...one.purchases.flatMap((purchase) => purchase.mail ?? [])])
    const buyerMails = new Set([...(mail === null ? [] : [mail]), ...(known?.mails ?? [])])
    found.same_mail = meet(mails, buyerMails)
    found.same_payout =
      (known !== undefined && meet(one.payouts, known.payouts)) ||
      (one.payoutMail !== undefined && one.payoutMail === mail)
    found.ring = isRing(one, deal)
  }
  return REASONS.filter((reason) => found[reason])
}

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((each) => b.has(each))

/**
 * Whether somebody on the chain is the buyer by another key. The chain leaves the buyer out as known at the moment of
 * the conversion; it shows later when that key turns out to be theirs, or when they bought by it before.
 */
function isBuyer({ person, onChain, keys, purchases }: Known, { buyer, visitor }: Deal): boolean {
  if (!onChain || visitor === null || person === buyer.before) return false
  return keys.has(visitor) || purchases.some((purchase) => purchase.visitor === visitor)
}

/** Whether the buyer brought somebody, themselves or by way of one other, who now brings the buyer. */
function isRing({ purchases, bringersBought }: Known, { at }: Deal): boolean {
  const back = purchases.filter(({ throughBuyer }) => throughBuyer).map((purchase) => purchase.at)
  return [...back, ...bringersBought].some((then) => within(at - then, RING_MS))
}
