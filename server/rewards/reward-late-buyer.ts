import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { personForAct } from '../identity/find-person.ts'
import { whoTheyAre } from '../identity/selves.ts'
import { loadPurchases, type Purchase } from './bought.ts'
import { type Detail, type EarnedLine, readDetail } from './detail.ts'
import { give, rewardsOf } from './earn.ts'
import { type EarningRow, earningOf, standingOf, updateEarning } from './earning-store.ts'
import { friendIn, isFirst } from './first-purchase.ts'
import { limited } from './limits.ts'
import { type ProgrammeRow, ruleOfVersion } from './programme-store.ts'
import { isPaidFor, potAmount } from './rules.ts'
import { lockRewardsOf } from './store.ts'

/**
 * Gives a buyer their part who was nobody yet when their order earned: their server proved it, by a coupon or a code,
 * before the page told whose it was. By the rule of that time, and once. The programme is locked.
 */
export async function rewardLateBuyer(
  work: Work,
  current: ProgrammeRow,
  row: Database['conversion'],
): Promise<void> {
  const { site_id: site, id: conversion } = row
  const earning = await earningOf(work.db, site, current.id, conversion)
  const detail = readDetail(earning?.detail ?? 'null') as Detail | null
  if (!earning || !detail || earning.pot === 0 || !wasNobody(earning)) return
  const programme = {
    ...current,
    rule: await ruleOfVersion(work.db, site, current.id, earning.version),
  }
  for (const purchase of await loadPurchases(work.db, site, [row])) {
    const line = await lineOf(work, programme, detail, purchase)
    if (!line) continue
    const told = {
      ...detail,
      buyer: { ...detail.buyer, person: line.person },
      lines: [...detail.lines, line],
    }
    const before = await lockRewardsOf(work.db, site, current.id, conversion)
    const rewards = await rewardsOf(work, programme, purchase, { lines: [line] }, before.length)
    await updateEarning(work.db, earning, {
      pot: earning.pot + line.allowed,
      detail: JSON.stringify(told),
      friend: friendIn({ ...purchase, buyer: line.person }),
    })
    await give(work, programme, purchase, rewards, 0)
  }
}

/**
 * Whether nobody could tell who bought when an order earned, by person or key. Whoever was known and got nothing, as the
 * limits were reached, gets nothing later either: what a refund frees raises nobody's reward.
 */
const wasNobody = ({ friend }: EarningRow): boolean => !/^(person|visitor) /.test(friend)

/** What the buyer gets by now, within the limits: none while nobody knows them, or where they had brought themselves. */
async function lineOf(
  work: Work,
  { site_id: site, id, rule }: ProgrammeRow,
  detail: Detail,
  purchase: Purchase,
): Promise<EarnedLine | undefined> {
  const { visitor, share_id } = purchase.row
  if (rule.buyer === null || visitor === null || !isPaidFor(rule, purchase)) return undefined
  const amount = Math.min(detail.buyer.amount, potAmount(rule.buyer, rule, purchase))
  const ids = detail.lines.map(({ person }) => person)
  const is = await whoTheyAre(work.db, site, ids)
  if (amount === 0 || ids.some((person) => is(person) === purchase.buyer)) return undefined
  const person = purchase.buyer ?? (await personForAct(work, site, visitor, share_id))
  const line = {
    role: 'buyer' as const,
    person,
    touch: null,
    hop: null,
    share: null,
    amount,
    allowed: amount,
  }
  const standing = await standingOf(work.db, site, id, rule, [person])
  // The order itself was let in when it earned.
  const first = !rule.firstOnly || (await isFirst(work.db, purchase, rule, id))
  const open = { ...standing, first, conversions: 0 }
  return limited({ ...detail, lines: [line] }, rule, open).lines[0]
}
