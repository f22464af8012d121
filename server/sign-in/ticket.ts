import type { z } from '@hono/zod-openapi'
import type { Work } from '../deps.ts'
import { newKey, siteOfKey } from '../ids.ts'
import { hashSecret } from '../secrets.ts'

/**
 * What is begun at the server's own origin and finished with a secret: a round trip to a provider (`oauth`), a challenge
 * to a passkey (`passkey`, `passkey-new`), a visit to the page that adds one (`passkey-page`), the word that somebody is
 * who they say (`ticket`).
 */
export type TicketKind = 'oauth' | 'passkey' | 'passkey-new' | 'passkey-page' | 'ticket'

const MINUTE = 60_000
/** How long each can be finished, in ms. */
export const TICKET_MS: Record<TicketKind, number> = {
  oauth: 10 * MINUTE,
  passkey: 5 * MINUTE,
  'passkey-new': 5 * MINUTE,
  'passkey-page': 10 * MINUTE,
  ticket: 2 * MINUTE,
}

/** A ticket as it is given out; only its hash is kept. */
export interface Issued {
  ticket: string
  expiresAt: number
}

/** Begins something: answers the secret that finishes it, which names its site. */
export async function issueTicket(
  { db, now }: Work,
  site: string,
  kind: TicketKind,
  data: object,
): Promise<Issued> {
  const ticket = newKey('tk', site, 32)
  const [at, expiresAt] = [now(), now() + TICKET_MS[kind]]
  await db
    .insertInto('sign_in')
    .values({
      site_id: site,
      kind,
      token_hash: hashSecret(ticket),
      data: JSON.stringify(data),
      attempts: 0,
      at,
      expires_at: expiresAt,
    })
    .execute()
  return { ticket, expiresAt }
}

const row = (kind: TicketKind, ticket: string) => {
  const site = siteOfKey('tk', ticket)
  return site === undefined ? undefined : { site_id: site, kind, token_hash: hashSecret(ticket) }
}

/** Takes a ticket out, so that it is never taken again; none where it was used, is too old, or never was. */
export async function takeTicket<T extends z.ZodType>(
  { db, now }: Work,
  kind: TicketKind,
  ticket: string,
  schema: T,
): Promise<{ site: string; data: z.output<T> } | undefined> {
  const known = row(kind, ticket)
  const taken =
    known &&
    (await db
      .deleteFrom('sign_in')
      .where('site_id', '=', known.site_id)
      .where('kind', '=', kind)
      .where('token_hash', '=', known.token_hash)
      .returning(['data', 'expires_at'])
      .executeTakeFirst())
  if (!taken || taken.expires_at <= now()) return undefined
  return { site: known.site_id, data: schema.parse(JSON.parse(taken.data)) }
}

/** Looks at a ticket that is still good, and leaves it. */
export async function readTicket<T extends z.ZodType>(
  { db, now }: Pick<Work, 'db' | 'now'>,
  kind: TicketKind,
  ticket: string,
  schema: T,
): Promise<{ site: string; data: z.output<T> } | undefined> {
  const known = row(kind, ticket)
  const found =
    known &&
    (await db
      .selectFrom('sign_in')
      .select('data')
      .where('site_id', '=', known.site_id)
      .where('kind', '=', kind)
      .where('token_hash', '=', known.token_hash)
      .where('expires_at', '>', now())
      .executeTakeFirst())
  return found && { site: known.site_id, data: schema.parse(JSON.parse(found.data)) }
}
