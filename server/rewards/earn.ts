import type { Work } from '../deps.ts'
import { personForAct } from '../identity/find-person.ts'
import { enqueue } from '../outbox.ts'
import type { Purchase } from './bought.ts'
import type { Detail } from './detail.ts'
import { friendsOf, insertEarning, nameFriend, standingOf } from './earning-store.ts'
import { findReasons } from './find-reasons.ts'
import { friendIn, isFirst } from './first-purchase.ts'
import { post } from './ledger.ts'
import { limited, sumUp } from './limits.ts'
import type { ProgrammeRow } from './programme-store.ts'
import { divide, isDuring, isPaidFor, nearestOf } from './rules.ts'
import { insertRewards, type RewardRow } from './store.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Stands for a buyer whom nobody knows yet, but whose key does: they are born if they get something. */
const UNBORN = ''

/** Rewards those who brought a purchase, if the locked programme pays for it. What is decided here is kept for good. */
export async function earn(work: Work, programme: ProgrammeRow, purchase: Purchase): Promise<void> {
  const { rule } = programme
  const nearest = nearestOf(purchase)
  if (!nearest || !isDuring(rule, purchase.at) || !isPaidFor(rule, purchase)) return
  const decided = await decide(work, programme, purchase, nearest)
  if (decided.detail.pot === 0 && decided.detail.buyer.amount === 0) return
  const detail = await withBuyer(work, purchase, decided.detail)
  const rewards = await rewardsOf(work, programme, purchase, detail)
  const paid = rewards.reduce((sum, { amount }) => sum + amount, 0)
  await insertEarning(work.db, {
    site_id: programme.site_id,
    programme_id: programme.id,
    conversion_id: purchase.row.id,
    version: programme.version,
    pot: paid + detail.house,
    house: detail.house,
    currency: rule.currency,
    nearest_id: decided.first ? nearest : null,
    friend: friendIn({ ...purchase, buyer: detail.buyer.person ?? purchase.buyer }),
    detail: JSON.stringify(detail),
    at: work.now(),
  })
  await give(work, programme, purchase, rewards, detail.house)
}

/** Gives rewards that were decided on, and the house what it keeps beside them. */
export async function give(
  work: Work,
  programme: ProgrammeRow,
  purchase: Purchase,
  rewards: readonly RewardRow[],
  house: number,
): Promise<void> {
  await insertRewards(work.db, rewards)
  await postEarned(work, programme, purchase, house, rewards)
  for (const { id, state, approve_at } of rewards)
    if (state === 'pending')
      await enqueue(work, programme.site_id, 'approve-reward', { id }, Math.max(approve_at, work.now()))
}

async function decide(
  { db }: Work,
  { site_id: site, id, rule }: ProgrammeRow,
  purchase: Purchase,
  nearest: string,
): Promise<{ detail: Detail; first: boolean }> {
  if (purchase.buyer !== null) await nameFriend(db, site, id, { nearest, friend: purchase.buyer })
  const friend = 1 + (await friendsOf(db, site, id, nearest, friendIn(purchase)))
  const first = !rule.firstOnly || (await isFirst(db, purchase, rule, id))
  const buyer = purchase.buyer ?? (purchase.row.visitor === null ? null : UNBORN)
  const whole = divide(rule, friend, { ...purchase, buyer })
  const people = [...new Set(whole.lines.map(({ person }) => person))]
  const standing = await standingOf(db, site, id, rule, people)
  return { detail: limited(whole, rule, { first, ...standing }), first }
}

/** Has the buyer born, if they get something and were not yet. */
async function withBuyer(work: Work, { row }: Purchase, detail: Detail): Promise<Detail> {
  if (detail.buyer.person !== UNBORN) return detail
  const gets = detail.lines.some(({ person, allowed }) => person === UNBORN && allowed > 0)
  const person = gets ? await personForAct(work, row.site_id, row.visitor ?? undefined, row.share_id) : null
  return {
    ...detail,
    buyer: { ...detail.buyer, person },
    lines: detail.lines.flatMap((line) =>
      line.person !== UNBORN ? line : person === null ? [] : { ...line, person },
    ),
  }
}

/** The rewards that some lines come to, numbered from `first`; whoever is in doubt waits for the owner. */
export async function rewardsOf(
  work: Work,
  { site_id: site, id, rule }: ProgrammeRow,
  { row }: Purchase,
  { lines }: Pick<Detail, 'lines'>,
  first = 0,
): Promise<RewardRow[]> {
  const owed = sumUp(lines, 'allowed').filter(({ amount }) => amount > 0)
  if (owed.length === 0) return []
  const people = [...new Set(owed.map(({ person }) => person))]
  const reasons = await findReasons(work, site, row, people)
  return owed.map(({ role, person, hop, share, amount }, line) => {
    const doubts = reasons.get(person) ?? []
    return {
      site_id: site,
      id: work.newId(),
      programme_id: id,
      conversion_id: row.id,
      line: first + line,
      person_id: person,
      role,
      share_id: share,
      hop: hop === null ? null : hop + 1,
      amount,
      reversed: 0,
      currency: rule.currency,
      state: doubts.length > 0 ? ('review' as const) : ('pending' as const),
      reasons: JSON.stringify(doubts),
      approve_at: row.at + rule.holdDays * DAY_MS,
      payout_id: null,
      created_at: work.now(),
    }
  })
}

async function postEarned(
  work: Work,
  { site_id, id, rule }: ProgrammeRow,
  { row }: Purchase,
  house: number,
  rewards: readonly RewardRow[],
): Promise<void> {
  const common = { currency: rule.currency, programme_id: id, conversion_id: row.id }
  const taken = rewards.reduce((sum, { amount }) => sum + amount, house)
  await post(work, site_id, 'earned', [
    { ...common, account: 'programme', holder: id, amount: -taken },
    ...rewards.map((reward) => ({
      ...common,
      account: 'person' as const,
      holder: reward.person_id,
      amount: reward.amount,
      reward_id: reward.id,
    })),
    { ...common, account: 'house', holder: '', amount: house },
  ])
}
