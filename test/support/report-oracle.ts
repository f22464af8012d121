import type { Bench } from './databases.ts'
import { chainOf, type Facts, net, type Span, sumsByCurrency, within } from './oracle.ts'

/** The steps of the funnel by page or channel, straight from the rows: most visited first. */
export function funnelOf(facts: Facts, span: Span, by: 'page' | 'channel') {
  const keyOf = (id: string | null) => {
    const share = facts.shares.find((one) => one.id === id)
    return share && (by === 'channel' ? share.channel : share.page_id)
  }
  const visits = within(facts.visits, span)
  const births = facts.people.map(({ brought_by, created_at }) => ({ share: brought_by, at: created_at }))
  const happened: [step: string, share: string | null][] = [
    ...visits.map(({ share_id }): [string, string] => ['sense', share_id]),
    ...visits
      .filter(({ gesture }) => gesture === 1)
      .map(({ share_id }): [string, string] => ['interact', share_id]),
    ...within(births, span).map(({ share }): [string, string | null] => ['connect', share]),
    ...within(facts.conversions, span).map(({ share_id }): [string, string | null] => ['act', share_id]),
    ...within(facts.shares, span).map(({ parent_id }): [string, string | null] => ['share', parent_id]),
  ]
  const none = { sense: 0, interact: 0, connect: 0, act: 0, share: 0 }
  const total = { ...none }
  const rows = new Map<string, typeof none>()
  for (const [step, share] of happened) {
    const key = keyOf(share)
    if (key === undefined) continue
    const row = rows.get(key) ?? { ...none }
    row[step as keyof typeof none]++
    total[step as keyof typeof none]++
    rows.set(key, row)
  }
  const data = [...rows]
    .sort(([a, one], [b, other]) => other.sense - one.sense || (a < b ? -1 : 1))
    .map(([key, steps]) => ({ key: by === 'page' ? facts.urls.get(key) : key, ...steps }))
  return { total, data }
}

/** What a person's page says of them, straight from the rows; `rewards` are the lines of the ledger. */
export function personOf(facts: Facts, span: Span, id: string, ledger: Ledger) {
  const own = facts.shares.filter(({ person_id }) => person_id === id)
  const ids = new Set(own.map((share) => share.id))
  const named = (person: string) => ({ id: person, name: facts.nameOf.get(person) ?? null })
  const conversions = within(facts.conversions, span)
  const nearest = conversions.filter(({ share_id }) => ids.has(share_id ?? ''))
  const anywhere = conversions.filter(({ share_id }) =>
    chainOf(facts, share_id).some(({ person_id }) => person_id === id),
  )
  const worth = (some: typeof conversions) => sumsByCurrency(some.map((one) => [one.currency, net(one)]))
  const brought = facts.people.filter((person) => ids.has(person.brought_by ?? '') && person.id !== id)
  const self = facts.people.find((person) => person.id === id)
  const above = facts.shares.find((share) => share.id === self?.brought_by)
  const of = (...accounts: string[]) =>
    sumsByCurrency(
      ledger
        .filter((line) => line.holder === id && accounts.includes(line.account))
        .map(({ currency, amount }) => [currency, amount]),
    )
  return {
    person: named(id),
    createdAt: new Date(self?.created_at ?? 0).toISOString(),
    shares: within(own, span).length,
    visits: within(facts.visits, span).filter(({ share_id }) => ids.has(share_id)).length,
    conversions: nearest.length,
    value: worth(nearest),
    influence: worth(anywhere),
    earned: { owed: of('person', 'payable'), paid: of('credit', 'paid') },
    broughtBy: above ? { person: named(above.person_id), share: above.code } : null,
    brought: latest(brought, ({ created_at }) => created_at).map((one) => ({
      person: named(one.id),
      at: new Date(one.created_at).toISOString(),
    })),
    broughtCount: brought.length,
    links: latest(own, ({ at }) => at).map(({ id: share, code, url, channel, at }) => ({
      ...{ code, url, channel, at: new Date(at).toISOString() },
      below: facts.shares.filter(
        (one) => one.id !== share && chainOf(facts, one.id).some((hop) => hop.id === share),
      ).length,
      visits: facts.visits.filter(({ share_id }) => share_id === share).length,
      conversions: facts.conversions.filter(({ share_id }) => share_id === share).length,
    })),
    bought: conversions.filter(
      ({ buyer_id, visitor }) => (buyer_id ?? facts.personOf.get(visitor ?? '')) === id,
    ).length,
  }
}

const latest = <T extends { id: string }>(rows: T[], at: (row: T) => number): T[] =>
  rows.toSorted((a, b) => at(b) - at(a) || (a.id < b.id ? 1 : -1)).slice(0, 50)

/** The lines of a site's ledger. */
export const ledgerOf = ({ deps }: Bench, site: string) =>
  deps.read.selectFrom('ledger').selectAll().where('site_id', '=', site).execute()
type Ledger = Awaited<ReturnType<typeof ledgerOf>>
