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

/** Sees to it that the demo's site has a programme, as soon as the server can be reached. */
export async function demoProgramme({ server, secretKey }: GrapevineAccount): Promise<void> {
  const programmes = new URL('/v1/programmes', server)
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  for (let wait = 100; wait <= 60_000; wait *= 2) {
    const known = await fetch(programmes, { headers }).catch(() => null)
    if (known?.ok) {
      const { data } = (await known.json()) as { data: unknown[] }
      if (data.length > 0) return
      const made = await fetch(programmes, { method: 'POST', headers, body: JSON.stringify(PROGRAMME) })
      if (!made.ok) console.error(`Grapevine refused the demo's programme: ${await made.text()}`)
      return
    }
    await known?.body?.cancel()
    await sleep(wait, undefined, { ref: false })
  }
}
