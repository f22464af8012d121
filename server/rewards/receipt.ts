import type { Kysely } from 'kysely'
import type { Receipt, SignedReceipt } from '../contract/rewards.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { type Detail, earnedAs, readDetail } from './detail.ts'
import { conversionById, earningOf } from './earning-store.ts'
import { leftOf } from './move-reward.ts'
import { payees } from './payout-store.ts'
import { ruleOfVersion } from './programme-store.ts'
import { type DescribedReward, rewardsNamed } from './queue-store.ts'
import { arithmetic, ownLines } from './receipt-lines.ts'
import { publicKeyOf, receiptKey, signValue } from './sign.ts'
import type { RewardRow } from './store.ts'

type Queries = Kysely<Database>

/** What a person is told that their reward is: never what was suspected or refused. */
const SHOWN = {
  pending: 'pending',
  review: 'pending',
  approved: 'approved',
  paid: 'paid',
  refused: 'reversed',
  reversed: 'reversed',
} as const satisfies Record<RewardRow['state'], Receipt['state']>

/** Why somebody is paid what they are: signed. Of their own rewards, if `person` asks; of anybody's otherwise. */
export async function signReceipt(
  db: Queries,
  site: { id: string; name: string },
  id: string,
  { person, secret, now }: { person: string | undefined; secret: string; now: number },
): Promise<SignedReceipt> {
  const [reward] = await rewardsNamed(db, site.id, [id])
  if (!reward || (person !== undefined && person !== reward.person_id))
    throw new AppError('not_found', 'There is no such reward')
  const receipt = await writeReceipt(db, site, reward, now)
  const key = receiptKey(secret)
  return { receipt, signature: signValue(receipt, key), key: publicKeyOf(key) }
}

async function writeReceipt(
  db: Queries,
  { id: site, name }: { id: string; name: string },
  reward: DescribedReward,
  now: number,
): Promise<Receipt> {
  const { programme_id, conversion_id, currency } = reward
  const earning = await earningOf(db, site, programme_id, conversion_id)
  const conversion = await conversionById(db, site, conversion_id)
  if (!earning || !conversion) throw new Error(`Reward ${reward.id} has no earning`)
  const rule = await ruleOfVersion(db, site, programme_id, earning.version)
  const detail = readDetail(earning.detail)
  const you = earnedAs(detail, reward)
  const nameOf = await namesIn(db, site, detail, you)
  const left = leftOf(reward)
  return {
    format: 'grapevine-receipt/1',
    reward: reward.id,
    site: { id: site, name },
    issuedAt: toText(now),
    state: SHOWN[reward.state],
    currency,
    conversion: {
      at: toText(conversion.at),
      name: conversion.name,
      value:
        detail.value.gross === null || detail.value.currency === null
          ? null
          : { currency: detail.value.currency, amount: detail.value.gross },
      refunded: conversion.refunded,
    },
    programme: { id: programme_id, name: reward.programme_name, version: earning.version, rule },
    friend: detail.friend,
    touches: detail.touches.map(({ at, hops }) => ({
      at: toText(at),
      chain: hops.map((hop) => nameOf(hop.person)),
    })),
    hop: reward.hop,
    lines: [
      ...arithmetic(rule, detail, conversion.at, nameOf),
      ...ownLines(ownParts(detail, reward, you), { left, currency }),
    ],
    amount: left,
  }
}

const toText = (at: number): string => new Date(at).toISOString()

/** What the rule gives somebody in the role they are rewarded for, and what limits leave of it. */
function ownParts({ lines }: Detail, { role, amount }: RewardRow, you: string) {
  const own = lines.filter((line) => line.role === role && line.person === you)
  return { amount: own.reduce((sum, line) => sum + line.amount, 0), allowed: amount }
}

/** What everybody in an earning is called: by the name they chose, "someone", and "you" whose reward it is. */
async function namesIn(
  db: Queries,
  site: string,
  { touches, lines }: Detail,
  you: string,
): Promise<(person: string | null) => string> {
  const people = [...touches.flatMap(({ hops }) => hops), ...lines].map(({ person }) => person)
  const names = new Map((await payees(db, site, [...new Set(people)])).map(({ id, name }) => [id, name]))
  return (person) => {
    const name = names.get(person ?? '') ?? 'someone'
    // Whoever calls themselves "you" is not the one who is paid.
    return person === you ? 'you' : name === 'you' ? '“you”' : name
  }
}
