import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { prepare } from './db/prepared.ts'
import type { Work } from './deps.ts'
import { AppError } from './errors.ts'
import type { Env } from './http.ts'
import { fingerprint } from './secrets.ts'

/** An answer to be sent, and sent again to whoever repeats the request under the same key. */
export interface Outcome<T, S extends ContentfulStatusCode = ContentfulStatusCode> {
  status: S
  answer: T
}

/** How long a key is remembered, in ms: as long as a queued request may come late. */
const KEY_MS = 7 * 24 * 60 * 60 * 1000

/**
 * Runs a verb once per `Idempotency-Key`. The key's row and the verb's rows share one transaction, so whoever
 * repeats a request waits for the first and gets its answer; another body under the same key is refused (422).
 * `age` says how late a delivery is, not what is delivered, and is left out of the comparison.
 */
export async function once<T, S extends ContentfulStatusCode>(
  c: Context<Env>,
  input: object,
  verb: (work: Work) => Promise<Outcome<T, S>>,
): Promise<Outcome<T, S>> {
  const { write } = c.get('deps')
  const keyHash = readKey(c)
  if (keyHash === undefined) return write(verb)
  const site = c.get('site').id
  const bodyHash = fingerprint(`${c.req.method} ${c.req.path} ${JSON.stringify(withoutAge(input))}`)
  return write(async (work) => {
    const row = { site_id: site, key_hash: keyHash, body_hash: bodyHash, created_at: work.now() }
    const { numAffectedRows } = await enterKey(work.db, row)
    if (numAffectedRows !== 1n) return repeat<T, S>(work, site, keyHash, bodyHash)
    const outcome = await verb(work)
    const { status, answer } = outcome
    await keepAnswer(work.db, { site_id: site, key_hash: keyHash, status, answer: JSON.stringify(answer) })
    return outcome
  })
}

/** The hash of a request's key together with who sends it; none where it has no key. */
function readKey(c: Context<Env>): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new AppError('invalid', 'has 1 to 200 visible ASCII characters', { field: 'Idempotency-Key' })
  }
  const who = c.get('visitor') ?? (c.get('proved') ? 'secret' : (c.get('actor') ?? 'page'))
  return fingerprint(`${who} ${key}`)
}

const answeredKey = prepare((db, slot: (name: 'site' | 'key') => never) =>
  db
    .selectFrom('idempotency')
    .select('status')
    .where('site_id', '=', slot('site'))
    .where('key_hash', '=', slot('key')),
)

/** Whether a request of this key was answered before: what comes before the write is not done again. */
export async function wasAnswered(c: Context<Env>): Promise<boolean> {
  const key = readKey(c)
  if (key === undefined) return false
  const { rows } = await answeredKey(c.get('deps').read, { site: c.get('site').id, key })
  return rows.length > 0
}

const enterKey = prepare((db, slot: (name: 'site_id' | 'key_hash' | 'body_hash' | 'created_at') => never) =>
  db
    .insertInto('idempotency')
    .values({
      site_id: slot('site_id'),
      key_hash: slot('key_hash'),
      body_hash: slot('body_hash'),
      created_at: slot('created_at'),
      status: 0,
      answer: '',
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'key_hash']).doNothing()),
)

const keepAnswer = prepare((db, slot: (name: 'site_id' | 'key_hash' | 'status' | 'answer') => never) =>
  db
    .updateTable('idempotency')
    .set({ status: slot('status'), answer: slot('answer') })
    .where('site_id', '=', slot('site_id'))
    .where('key_hash', '=', slot('key_hash')),
)

async function repeat<T, S>(work: Work, site: string, keyHash: string, bodyHash: string) {
  const { body_hash, status, answer } = await work.db
    .selectFrom('idempotency')
    .select(['body_hash', 'status', 'answer'])
    .where('site_id', '=', site)
    .where('key_hash', '=', keyHash)
    .executeTakeFirstOrThrow()
  if (body_hash !== bodyHash) {
    throw new AppError('invalid', 'was used before with another request', { field: 'Idempotency-Key' })
  }
  return { status: status as S, answer: JSON.parse(answer) as T } as Outcome<T, S & ContentfulStatusCode>
}

const withoutAge = (input: object): object =>
  'conversions' in input && Array.isArray(input.conversions)
    ? { conversions: input.conversions.map(withoutAge) }
    : { ...input, age: undefined }

/** Forgets keys that no queued request can come with any more. */
export async function sweepKeys({ db, now }: Work): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('created_at', '<', now() - KEY_MS)
    .execute()
}
