import { createHash } from 'node:crypto'
import { CODE_RANDOM_LENGTH } from '../contract/limits.ts'
import type { NewShare, Share } from '../contract/shares.ts'
import type { NewVisit, Visit } from '../contract/visits.ts'
import type { Cascade, CascadeFile, Repost } from './cascade.ts'
import type { ReplaySite } from './replay-state.ts'
import type { ServerCalls } from './server-calls.ts'
import type { Step } from './walk-cascades.ts'

/** What the calls of one replay have in common. */
export interface Registration {
  calls: ServerCalls
  site: ReplaySite
  format: CascadeFile['format']
  /** SHA-256 of the file, in hex: makes the same codes and keys each time the same file is replayed. */
  digest: string
}

const channels = { twitter: 'x', weibo: 'weibo' } as const

/**
 * Tells the server of one repost: a visit through its parent's share, then a share by the same person.
 * Answers what became of the visit, null for a root, which has none.
 */
export async function registerRepost(to: Registration, step: Step): Promise<Visit['outcome'] | null> {
  const { cascade, repost, parent } = step
  const person = `${cascade.id}/${repost.name}`
  const url = `${to.site.origin}/cascade/${cascade.id}`
  const told = { customerId: person, ...(repost.at && { at: repost.at }) }

  let outcome: Visit['outcome'] | null = null
  if (parent) {
    const visit: NewVisit = { code: codeOf(to, cascade, parent), url, ...told }
    outcome = (await to.calls.post<Visit>('/v1/visits', visit, keyOf(to, person, 'visit'))).outcome
  }
  const share: NewShare = { code: codeOf(to, cascade, repost), url, channel: channels[to.format], ...told }
  await to.calls.post<Share>('/v1/shares', share, keyOf(to, person, 'share'))
  return outcome
}

// Codes and keys are the same again when a replay goes on after an interruption; the secret key makes them as hard to
// guess as random ones.
const hash = ({ site, digest }: Registration, ...parts: string[]): string =>
  createHash('sha256')
    .update([site.secretKey, digest, ...parts].join('/'))
    .digest('base64url')

const codeOf = (to: Registration, { id }: Cascade, { name }: Repost): string =>
  to.site.id + hash(to, 'code', id, name).slice(0, CODE_RANDOM_LENGTH)

const keyOf = (to: Registration, person: string, call: 'visit' | 'share'): string =>
  `replay-${hash(to, call, person)}`
