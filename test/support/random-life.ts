import { CHANNELS } from '../../server/contract/channels.ts'
import { type Bench, newToken, ORIGIN, serverOf, type TestSite } from './databases.ts'
import { mintCode, somebody } from './somebody.ts'

const HOUR = 60 * 60_000

/** Random numbers that are the same in every run (mulberry32). */
export function seeded(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number) => Math.floor(next() * n)
  return { next, below, pick: <T>(list: readonly T[]): T => list[below(list.length)] as T }
}

/**
 * Lets people share, visit and buy on a site at random over some weeks before now, told by the site's server and by
 * pages, in disorder, some of it through codes that are registered only later.
 */
export async function liveAtRandom(bench: Bench, site: TestSite, seed: number, steps: number) {
  const random = seeded(seed)
  const lively = seeded(seed + 1000)
  const server = serverOf(bench, site)
  const people = Array.from({ length: 40 }, (_, i) => `customer ${i}`)
  const browsers = Array.from({ length: 10 }, () => somebody(bench, site, newToken()))
  const codes: string[] = []
  const unregistered: string[] = []
  const orders: string[] = []
  const page = () => `${ORIGIN}/${random.pick(['', 'a', 'b?x=1', 'c', 'd'])}`
  const span = steps * 5 * HOUR
  const begin = bench.clock.now - span
  for (let step = 0; step < steps; step++) {
    const then = Math.round(begin + ((step + random.next()) / (steps + 1)) * span)
    const at = new Date(then - random.below(3) * random.below(2 * HOUR)).toISOString()
    const customerId = random.pick(people)
    const lot = random.next()
    if (codes.length === 0 || lot < 0.15) await share({})
    else if (lot < 0.4) {
      // Somebody is brought and passes it on.
      await visit(random.pick(codes.slice(-25)))
      await share({})
    } else if (lot < 0.65) await visit(random.pick(codes))
    else if (lot < 0.7) {
      const code = mintCode(site)
      unregistered.push(code)
      await visit(code)
      await server.post('/v1/conversions', { ...bought(), customerId, at })
    } else if (lot < 0.77) await claimAndProve(`order ${step}`)
    else if (lot < 0.81) await refund(`refund ${step}`)
    else await visitAndBuy()
    if (unregistered.length > 3) await share({ code: unregistered.shift() as string })

    /** Somebody buys, after visits through some shares more. */
    async function visitAndBuy() {
      for (let visits = random.below(3); visits > 0; visits--) await visit(random.pick(codes))
      const orderId = `order ${step}`
      orders.push(orderId)
      await server.post('/v1/conversions', { ...bought(), orderId, customerId, at })
    }

    /** Somebody arrives, and may touch something there: at once, or in a moment. */
    async function visit(code: string) {
      const arrived = { code, url: page(), customerId, at }
      const gesture = lively.pick([undefined, false, true])
      await server.post('/v1/visits', gesture === undefined ? arrived : { ...arrived, gesture })
      if (lively.next() < 0.3) await server.post('/v1/visits', { ...arrived, gesture: true })
    }

    async function share(more: { code?: string }) {
      const act = { url: page(), channel: random.pick(CHANNELS.slice(0, 4)), customerId, at, ...more }
      const response = await server.post('/v1/shares', act)
      if (response.ok) codes.push(((await response.json()) as { code: string }).code)
    }
  }
  await bench.settle()

  /** Gives an order back, or a part of it: of one that was reported, or still to come. */
  async function refund(refundId: string) {
    const orderId = random.pick([...orders, `order ${random.below(steps)}`])
    const part = { value: 1 + random.below(20_000), currency: random.pick(['EUR', 'JPY']) }
    await server.post('/v1/refunds', { refundId, orderId, ...(random.next() < 0.3 ? {} : part) })
  }

  function bought() {
    const name = random.pick(['purchase', 'signup'])
    const currency = random.pick(['EUR', 'JPY'])
    return random.next() < 0.2 ? { name } : { name, value: 1 + random.below(100_000), currency }
  }

  async function claimAndProve(orderId: string) {
    const browser = random.pick(browsers)
    orders.push(orderId)
    await browser.visit(random.pick(codes), { url: page() })
    const reports = [
      () => browser.convert({ ...bought(), orderId, age: random.below(48 * HOUR) }),
      () => server.post('/v1/conversions', { ...bought(), orderId }),
    ]
    if (random.next() < 0.5) reports.reverse()
    for (const report of reports) await report()
  }
}

/** Has every third person of a site choose a name. */
export const nameSome = ({ deps }: Bench, site: TestSite) =>
  deps.write(async ({ db }) => {
    const people = await db
      .selectFrom('person')
      .select('id')
      .where('site_id', '=', site.id)
      .orderBy('id')
      .execute()
    for (const [index, { id }] of people.entries()) {
      if (index % 3 > 0) continue
      const named = db
        .updateTable('person')
        .set({ name: `Nº ${index}` })
        .where('site_id', '=', site.id)
      await named.where('id', '=', id).execute()
    }
  })
