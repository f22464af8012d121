import type { Kysely } from 'kysely'
import type { Referral } from '../contract/referral.ts'
import type { Database } from '../db/schema.ts'
import { selvesOf } from '../identity/selves.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { giftsHeld } from './gifts.ts'
import { ownTree } from './own-tree.ts'
import { type Inviting, invitingProgramme } from './programme.ts'
import { earnedOf, nextTier, offerOf, personalState } from './rules.ts'
import {
  convertedThrough,
  latestRewards,
  leaders,
  personOf,
  referralCode,
  rewardSums,
  sharesOf,
  standing,
} from './store.ts'

type Queries = Kysely<Database>

const MOST_LEADERS = 10
const MOST_REWARDS = 20

/** Who asks, about which page, when. */
export interface Asked {
  /** The person's id; none before their first act. */
  person: string | undefined
  url: URL
  now: number
}

/** How somebody's recommending is going. */
export async function readReferral(db: Queries, site: string, asked: Asked): Promise<Referral> {
  const programme = await invitingProgramme(db, site, asked.now)
  const [own, contest] = await Promise.all([
    asked.person === undefined ? NOTHING : ownPart(db, site, asked.person, asked),
    programme ? contestOf(db, site, programme, asked.person) : NO_CONTEST,
  ])
  const { friends } = contest
  return {
    programme: programme ? shown(programme) : null,
    ...own,
    ...contest,
    nextTier: programme ? nextTier(programme.rule, friends) : null,
  }
}

const NO_CONTEST = { friends: 0, rank: null, leaderboard: [] }

const NOTHING = {
  person: null,
  code: null,
  arrived: 0,
  converted: 0,
  earned: { pending: [], approved: [], paid: [] },
  tree: { nodes: [], more: 0 },
  rewards: [],
  gifts: [],
}

function shown({ name, rule }: Inviting): NonNullable<Referral['programme']> {
  const { currency, buyer, pot, tiers, endsAt } = rule
  return {
    name,
    give: buyer && offerOf(buyer, currency),
    get: offerOf(pot, currency),
    tiers: tiers.map(({ from, pot }) => ({ from, get: offerOf(pot, currency) })),
    endsAt: endsAt && new Date(endsAt).toISOString(),
  }
}

async function contestOf(db: Queries, site: string, { id }: Inviting, person: string | undefined) {
  const [top, own] = await Promise.all([
    leaders(db, site, id, MOST_LEADERS),
    person === undefined ? undefined : standing(db, site, id, person),
  ])
  return {
    friends: own?.friends ?? 0,
    rank: own?.rank ?? null,
    leaderboard: top.map(({ person: leader, friends, rank, name }) => ({
      rank,
      name: name ?? '',
      friends,
      you: leader === person,
    })),
  }
}

async function ownPart(db: Queries, site: string, id: string, { url, now }: Asked) {
  const selves = await selvesOf(db, site, id)
  const [person, page, shares] = await Promise.all([
    personOf(db, site, id),
    pageByUrl(db, site, url),
    sharesOf(db, site, selves),
  ])
  if (!person) return NOTHING
  const [code, converted, sums, rewards, gifts, tree] = await Promise.all([
    page === undefined ? null : referralCode(db, site, selves, page),
    convertedThrough(db, site, selves),
    rewardSums(db, site, id),
    latestRewards(db, site, id, MOST_REWARDS),
    giftsHeld(db, site, id, now),
    ownTree(db, site, selves, shares),
  ])
  const { name, listed, payout } = person
  return {
    person: { name, listed: listed === 1, payout: payout !== null },
    code,
    arrived: shares.reduce((sum, { visits }) => sum + visits, 0),
    converted,
    earned: earnedOf(sums),
    tree,
    rewards: rewards.map(({ id, created_at, state, amount, reversed, currency, approve_at }) => ({
      id,
      at: new Date(created_at).toISOString(),
      state: personalState(state),
      amount: { currency, amount: personalState(state) === 'reversed' ? amount : amount - reversed },
      approveAt: new Date(approve_at).toISOString(),
    })),
    gifts,
  }
}
