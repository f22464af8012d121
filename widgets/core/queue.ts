import type { PageWrites } from '../../server/contract/api.ts'
import type { ErrorAnswer } from '../../server/contract/errors.ts'
import { MAX_AGE_MS } from '../../server/contract/limits.ts'
import { postWrite, type WritePath } from './api.ts'
import { GrapevineEvent } from './events.ts'
import { newKey } from './identity.ts'
import { forget, keep } from './storage.ts'

/** A write on its way to the server. `at` is when it happened, in milliseconds since 1970. */
export interface Item {
  path: WritePath
  body: PageWrites[WritePath]['body']
  key: string
  at: number
}

/** Later than this (ms), a write tells its age. */
const LATE = 2_000
const FIRST_DELAY = 1_000
const LONGEST_DELAY = 60_000
/** Client errors that another try may get past: conflict in flight, too early, too many. */
const PASSING = [408, 409, 425, 429]

const waiting: Item[] = []
const answered = new Map<string, (answer: unknown) => void>()
let running = false
let delay = FIRST_DELAY
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Sends a write as soon as the server can be reached, in order; `at` is when it happened, if not now, and `key`
 * its idempotency key. Answers null if the server refused it.
 */
export function enqueue<P extends WritePath>(
  path: P,
  body: PageWrites[P]['body'],
  at: number = Date.now(),
  key: string = newKey(),
): Promise<PageWrites[P]['answer'] | null> {
  const item: Item = { path, body, key, at }
  waiting.push(item)
  keep(`queue:${item.key}`, JSON.stringify(item))
  void run()
  return new Promise((resolve) => answered.set(item.key, resolve as (answer: unknown) => void))
}

/** Takes over writes that were left behind. */
export function adopt(items: Item[]): void {
  waiting.push(...items)
  void run()
}

async function run(): Promise<void> {
  if (running) return
  running = true
  clearTimeout(timer)
  for (let item = waiting[0]; item; item = waiting[0]) {
    const pause = await deliver(item)
    if (pause !== undefined) {
      timer = setTimeout(run, pause)
      break
    }
  }
  running = false
}

/** Sends one item. Answers the milliseconds to wait when it has to be tried again. */
async function deliver(item: Item): Promise<number | undefined> {
  if (Date.now() - item.at > MAX_AGE_MS) return settle(item, null)
  const answer = await send(item).catch(() => null)
  if (answer?.ok) {
    delay = FIRST_DELAY
    return settle(item, await answer.json().catch(() => null))
  }
  if (answer && answer.status < 500 && !PASSING.includes(answer.status)) {
    const refusal = (await answer.json().catch(() => null)) as ErrorAnswer | null
    document.dispatchEvent(
      new GrapevineEvent(
        'error',
        refusal?.error ?? { code: 'refused', message: `The server answered ${answer.status}` },
      ),
    )
    return settle(item, null)
  }
  // One that the server cannot take must not hold up the others; without a server the order is kept.
  if (answer) waiting.push(...waiting.splice(waiting.indexOf(item), 1))
  const asked = Number(answer?.headers.get('Retry-After')) * 1_000
  const pause = Math.max(asked || 0, delay * (0.5 + Math.random() / 2))
  delay = Math.min(delay * 2, LONGEST_DELAY)
  return pause
}

function send({ path, body, key, at }: Item): Promise<Response> {
  const age = Math.max(0, Date.now() - at)
  return postWrite(path, age > LATE ? { ...body, age } : body, key)
}

function settle(item: Item, answer: unknown): undefined {
  const at = waiting.indexOf(item)
  if (at >= 0) waiting.splice(at, 1)
  forget(`queue:${item.key}`)
  answered.get(item.key)?.(answer)
  answered.delete(item.key)
}

addEventListener('online', run)
// The first may be on its way already. The others stay stored and are sent again if no answer was heard.
addEventListener('pagehide', () => {
  for (const item of waiting.slice(running ? 1 : 0)) send(item).catch(() => null)
})
