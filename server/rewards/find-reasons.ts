import { idsOfPath } from '../chains/rules.ts'
import type { Reason } from '../contract/models.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { isDisposable } from '../disposable-mail.ts'
import { otherKeys, personByKey } from '../identity/find-person.ts'
import { mailMark } from '../identity/marks.ts'
import { selvesOf, whoTheyAre } from '../identity/selves.ts'
import { payees } from './payout-store.ts'
import { BURST, BURST_MS, type Deal, type Known, RING_MS, suspect } from './suspicion.ts'
import { conversionsAround, firstArrival, keysOf, marksOf, purchasesBy } from './suspicion-store.ts'

type Queries = Work['db']
type Conversion = Database['conversion']

/** Why a reward of each of these people for this conversion has to wait for the owner: none, mostly. */
export async function findReasons(
  { db }: Work,
  site: string,
  conversion: Conversion,
  people: readonly string[],
): Promise<Map<string, Reason[]>> {
  const { visitor, buyer_id } = conversion
  const now = buyer_id ?? (visitor === null ? null : ((await personByKey(db, site, visitor)) ?? null))
  const ids = idsOfPath(conversion.people ?? '')
  const chain = ids.map(await whoTheyAre(db, site, ids))
  // A buyer's own reward waits for what joins them to anybody on the chain, paid or not.
  const looked = now !== null && people.includes(now) ? [...people, ...chain] : [...people]
  const wanted = new Set(now === null ? looked : [...looked, now])
  const known = await getToKnow(db, site, { ...conversion, chain }, wanted, now)
  const deal = await dealOf(db, site, conversion, now, known)
  const reasons = suspect(
    deal,
    [...new Set(looked)].map((person) => known.get(person) as Known),
  )
  return new Map(people.map((person) => [person, reasons.get(person) ?? []]))
}

async function dealOf(
  db: Queries,
  site: string,
  conversion: Conversion,
  now: string | null,
  known: ReadonlyMap<string, Known>,
): Promise<Deal> {
  const { at, visitor, touches, path, share_id } = conversion
  const last = touches === null ? share_id : ((JSON.parse(touches) as [string, number][]).at(-1)?.[0] ?? null)
  return {
    at,
    buyer: { before: conversion.buyer_id, now },
    visitor,
    mail: conversion.mail_hash,
    known: now === null ? undefined : known.get(now),
    signs: JSON.parse(conversion.signs ?? '[]') as string[],
    arrival: visitor && last ? await arrivalOf(db, site, visitor, last) : undefined,
    together: path
      ? await conversionsAround(db, site, idsOfPath(path)[0] as string, {
          at,
          within: BURST_MS,
          most: BURST + 1,
        })
      : [],
  }
}

/** The buyer's first arrival through a share, in whichever browser of theirs. */
const arrivalOf = async (db: Queries, site: string, visitor: string, share: string) =>
  firstArrival(db, site, [visitor, ...(await otherKeys(db, site, visitor))], share)

/** What there is to know of some people, as far as it may join them to a buyer. */
async function getToKnow(
  db: Queries,
  site: string,
  { id, at, chain }: Pick<Conversion, 'id' | 'at'> & { chain: readonly string[] },
  wanted: ReadonlySet<string>,
  buyer: string | null,
): Promise<Map<string, Known>> {
  const people = [...wanted]
  const marks = Map.groupBy(await marksOf(db, site, people), ({ person_id }) => person_id)
  const purses = new Map((await payees(db, site, people)).map(({ id, payout }) => [id, payout ?? '']))
  const through = buyer === null ? [] : await selvesOf(db, site, buyer)
  const bought = await purchasesOf(db, site, people, { until: at, through })
  const ringsOfThree = await bringersThrough(db, site, bought, { at, buyer, through })
  const onChain = new Set(chain)
  return new Map(
    people.map((person) => {
      const marked = (kind: 'mail' | 'payout') =>
        new Set((marks.get(person) ?? []).filter((mark) => mark.kind === kind).map(({ hash }) => hash))
      const { keys = [], purchases = [] } = bought.get(person) ?? {}
      const others = purchases.filter((purchase) => purchase.id !== id)
      const one: Known = {
        person,
        onChain: onChain.has(person),
        keys: new Set(keys),
        mails: marked('mail'),
        payouts: marked('payout'),
        payoutMail: mailMark(purses.get(person) ?? ''),
        payoutIsDisposable: isDisposable(purses.get(person) ?? ''),
        purchases: others.map(({ at, visitor, mail_hash, through }) => ({
          at,
          visitor,
          mail: mail_hash,
          throughBuyer: through === 1,
        })),
        bringersBought: person === buyer ? [] : others.flatMap((purchase) => ringsOfThree(purchase)),
      }
      return [person, one]
    }),
  )
}

type Bought = Awaited<ReturnType<typeof purchasesBy>>[number]

/** What each of some people bought, by whichever key. */
async function purchasesOf(
  db: Queries,
  site: string,
  people: readonly string[],
  about: { until: number; through: readonly string[] },
): Promise<Map<string, { keys: string[]; purchases: Bought[] }>> {
  const keys = await keysOf(db, site, people)
  const personOf = new Map(keys.map(({ key_hash, person_id }) => [key_hash, person_id]))
  const byPerson = new Map(
    people.map((person) => [person, { keys: [] as string[], purchases: [] as Bought[] }]),
  )
  for (const { key_hash, person_id } of keys) byPerson.get(person_id)?.keys.push(key_hash)
  for (const purchase of await purchasesBy(db, site, { people, keys: [...personOf.keys()] }, about)) {
    const who = new Set([purchase.buyer_id, personOf.get(purchase.visitor ?? '')])
    for (const person of who) byPerson.get(person ?? '')?.purchases.push(purchase)
  }
  return byPerson
}

/** How many of the latest purchases are followed up to those who brought them. */
const FOLLOWED = 100

/** When those who brought a purchase bought something through the buyer, not long before. */
async function bringersThrough(
  db: Queries,
  site: string,
  bought: ReadonlyMap<string, { purchases: Bought[] }>,
  { at, buyer, through }: { at: number; buyer: string | null; through: readonly string[] },
): Promise<(purchase: Bought) => number[]> {
  if (buyer === null) return () => []
  const recent = [...bought.values()]
    .flatMap(({ purchases }) => purchases)
    .filter((purchase) => purchase.nearest && purchase.at >= at - RING_MS)
    .sort((a, b) => b.at - a.at)
    .slice(0, FOLLOWED)
  const ids = recent.flatMap(({ nearest }) => idsOfPath(nearest))
  const is = await whoTheyAre(db, site, ids)
  const bringers = new Set(ids.map(is))
  bringers.delete(buyer)
  if (bringers.size === 0) return () => []
  const theirs = await purchasesOf(db, site, [...bringers], { until: at, through })
  const followed = new Set(recent.map(({ id }) => id))
  return ({ id, nearest, at: then }) =>
    !followed.has(id) || then < at - RING_MS
      ? []
      : idsOfPath(nearest ?? '').flatMap((bringer) =>
          (theirs.get(is(bringer))?.purchases ?? [])
            .filter(({ through, at: when }) => through === 1 && when >= at - RING_MS)
            .map((purchase) => purchase.at),
        )
}
