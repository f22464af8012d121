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
  const server = serverOf(bench, site)
  const people = Array.from({ length: 40 }, (_, i) => `customer ${i}`)
  const browsers = Array.from({ length: 10 }, () => somebody(bench, site, newToken()))
  const codes: string[] = []
  const unregistered: string[] = []
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
      await server.post('/v1/visits', { code: random.pick(codes.slice(-25)), url: page(), customerId, at })
      await share({})
    } else if (lot < 0.65)
      await server.post('/v1/visits', { code: random.pick(codes), url: page(), customerId, at })
    else if (lot < 0.7) {
      const code = mintCode(site)
      unregistered.push(code)
      await server.post('/v1/visits', { code, url: page(), customerId, at })
      await server.post('/v1/conversions', { ...bought(), customerId, at })
    } else if (lot < 0.8) await claimAndProve(`order ${step}`)
    else await server.post('/v1/conversions', { ...bought(), customerId, at })
    if (unregistered.length > 3) await share({ code: unregistered.shift() as string })

    async function share(more: { code?: string }) {
      const act = { url: page(), channel: random.pick(CHANNELS.slice(0, 4)), customerId, at, ...more }
      const response = await server.post('/v1/shares', act)
      if (response.ok) codes.push(((await response.json()) as { code: string }).code)
    }
  }
  await bench.settle()

  function bought() {
    const name = random.pick(['purchase', 'signup'])
    const currency = random.pick(['EUR', 'JPY'])
    return random.next() < 0.2 ? { name } : { name, value: 1 + random.below(100_000), currency }
  }

  async function claimAndProve(orderId: string) {
    const browser = random.pick(browsers)
    await browser.visit(random.pick(codes), { url: page() })
    const reports = [
      () => browser.convert({ ...bought(), orderId, age: random.below(48 * HOUR) }),
      () => server.post('/v1/conversions', { ...bought(), orderId }),
    ]
    if (random.next() < 0.5) reports.reverse()
    for (const report of reports) await report()
  }
}
