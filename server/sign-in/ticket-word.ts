import { hash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Deps, Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { type Issued, issueTicket, takeTicket } from './ticket.ts'
import { Challenge, type Opening } from './ticket-opener.ts'

/** The word of the server that somebody is who they say, for the page that asked and nobody else. */
const Word = z.object({
  origin: z.string(),
  challenge: Challenge,
  identity: z.object({
    kind: z.enum(['oauth', 'passkey']),
    subject: z.string(),
    name: z.string().nullable(),
    mail: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  }),
})
/** Whom a word is about: what `signIn` knows them by. */
export type Identity = z.output<typeof Word>['identity']

/** Gives a word: a ticket that works once, soon, and with the verifier of the page that opened the pop-up. */
export const giveWord = (
  work: Work,
  site: string,
  { origin, challenge }: Pick<Opening, 'origin' | 'challenge'>,
  identity: Identity,
): Promise<Issued> => issueTicket(work, site, 'ticket', { origin, challenge, identity })

const refused = () =>
  new AppError('unauthorized', 'was used, is too old, or is not for this page', { field: 'ticket' })

/**
 * Takes a word back, used up whether or not it was for whoever brings it. Refused with the same words whatever is
 * wrong.
 */
export async function takeWord(
  { write }: Pick<Deps, 'write'>,
  site: string,
  { ticket, verifier, origin }: { ticket: string; verifier: string; origin: string | undefined },
): Promise<Identity> {
  const word = await write((work) => takeTicket(work, 'ticket', ticket, Word))
  if (!word || word.site !== site) throw refused()
  const { data } = word
  if (hash('sha256', verifier, 'base64url') !== data.challenge) throw refused()
  if (origin !== undefined && origin !== data.origin) throw refused()
  return data.identity
}
