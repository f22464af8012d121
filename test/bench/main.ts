import { loadavg } from 'node:os'
import { bytes } from './bytes.ts'
import { chain } from './chain.ts'
import { type Row, tableOf } from './figure.ts'
import { longThread } from './long-thread.ts'
import { markov } from './markov.ts'
import { overview } from './overview.ts'
import { redirect } from './redirect.ts'
import { smooth } from './smooth.ts'
import { threads } from './threads.ts'
import { visits } from './visits.ts'

const FIGURES: Record<string, () => Promise<Row[]>> = {
  visits,
  redirect,
  overview,
  bytes,
  chain,
  markov,
  threads,
  longThread,
  smooth,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in FIGURES))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no figure ${unknown.join(', ')}; there are ${Object.keys(FIGURES).join(', ')}\n`,
  )
  process.exit(1)
}

const rows: Row[] = []
for (const [name, measure] of Object.entries(FIGURES)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stderr.write(
    `${name} … (load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')})\n`,
  )
  const measured = await measure()
  process.stderr.write(`${tableOf(measured)}\n\n`)
  rows.push(...measured)
}
process.stdout.write(`${tableOf(rows)}\n`)
