import { setTimeout as sleep } from 'node:timers/promises'
import type { GrapevineAccount } from './report-order.ts'

/** Friends get 5 euros, those who brought them share a fifth of the order; from the fifth friend on, a quarter. */
const PROGRAMME = {
  name: 'Pass us on',
  status: 'running',
  rule: {
    currency: 'EUR',
    conversion: 'purchase',
    pot: { percent: 20, cap: 5000 },
    tiers: [{ from: 5, pot: { percent: 25, cap: 5000 } }],
    buyer: { fixed: 500 },
    split: 'leibniz',
    holdDays: 14,
  },
}

/** A first comment need not wait here, one with links does. */
const COMMENTS = { policy: 'links_held' }

/** Sees to it that the demo's site has a programme and its way with comments, as soon as the server can be reached. */
export async function prepareSite({ server, secretKey }: GrapevineAccount): Promise<void> {
  const ask = (path: string, method = 'GET', body?: object) =>
    fetch(new URL(path, server), {
      method,
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  for (let wait = 100; wait <= 60_000; wait *= 2) {
    const known = await ask('/v1/programmes').catch(() => null)
    if (known?.ok) {
      const { data } = (await known.json()) as { data: unknown[] }
      if (data.length > 0) return
      for (const made of [
        await ask('/v1/moderation/settings', 'PATCH', COMMENTS),
        await ask('/v1/programmes', 'POST', PROGRAMME),
      ])
        if (!made.ok) console.error(`Grapevine refused what the demo wants: ${await made.text()}`)
      return
    }
    await known?.body?.cancel()
    await sleep(wait, undefined, { ref: false })
  }
}
