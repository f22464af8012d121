import { z } from '@hono/zod-openapi'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Kysely } from 'kysely'
import type { Passkeys } from '../contract/sign-in.ts'
import type { Database } from '../db/schema.ts'
import type { Deps, Work } from '../deps.ts'
import { AppError } from '../errors.ts'

/** What is kept of a passkey. */
const Kept = z.object({
  publicKey: z.string(),
  counter: z.number(),
  transports: z.array(z.string()),
  name: z.string(),
  usedAt: z.number().nullable(),
})
export type KeptPasskey = z.output<typeof Kept>

/** Most passkeys of one person. */
const MOST = 20

type Db = Kysely<Database>

/** Loaded when a passkey is first spoken of: it tries out what the runtime can sign, which takes its time. */
export const loadWebAuthn = () => import('@simplewebauthn/server')

/** The party that passkeys are bound to (Web Authentication §4): the host of the server's own origin. */
export function relyingParty({ config }: Pick<Deps, 'config'>): { id: string; origin: string } {
  const { hostname, origin } = new URL(config.publicUrl)
  return { id: hostname, origin }
}

const passkeysOfSite = (db: Db, site: string) =>
  db.selectFrom('person_identity').where('site_id', '=', site).where('kind', '=', 'passkey')

/** A passkey by its id, and whose it is. */
export async function findPasskey(
  db: Db,
  site: string,
  id: string,
): Promise<{ person: string; passkey: KeptPasskey } | undefined> {
  const row = await passkeysOfSite(db, site)
    .select(['person_id', 'data'])
    .where('subject', '=', id)
    .executeTakeFirst()
  return row && { person: row.person_id, passkey: Kept.parse(JSON.parse(row.data)) }
}

/** A person's passkeys, oldest first. */
export async function passkeysOf(db: Db, site: string, person: string): Promise<Passkeys> {
  const rows = await passkeysOfSite(db, site)
    .select(['subject', 'data', 'at'])
    .where('person_id', '=', person)
    .orderBy('at')
    .orderBy('subject')
    .execute()
  return {
    data: rows.map(({ subject, data, at }) => {
      const { name, usedAt } = Kept.parse(JSON.parse(data))
      return {
        id: subject,
        name,
        at: new Date(at).toISOString(),
        usedAt: usedAt === null ? null : new Date(usedAt).toISOString(),
      }
    }),
  }
}

/** Adds a passkey to a person. Its id may not be known on the site yet: another's is never taken over. */
export async function addPasskey(
  { db, now }: Work,
  site: string,
  person: string,
  { id, passkey }: { id: string; passkey: KeptPasskey },
): Promise<void> {
  const known = await passkeysOfSite(db, site)
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('person_id', '=', person)
    .executeTakeFirstOrThrow()
  if (Number(known.count) >= MOST)
    throw new AppError('conflict', `There are ${MOST} passkeys already: remove one first`)
  const added = await db
    .insertInto('person_identity')
    .values({
      site_id: site,
      kind: 'passkey',
      subject: id,
      person_id: person,
      data: JSON.stringify(passkey),
      at: now(),
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'kind', 'subject']).doNothing())
    .returning('subject')
    .executeTakeFirst()
  if (!added) throw new AppError('conflict', 'is known already', { field: 'response' })
}

/** Notes that a passkey was used; its counter only ever goes up. */
export async function touchPasskey(
  { db, now }: Work,
  site: string,
  id: string,
  counter: number,
): Promise<void> {
  const found = await findPasskey(db, site, id)
  if (!found) return
  const { passkey } = found
  const data = { ...passkey, usedAt: now(), counter: Math.max(passkey.counter, counter) }
  await db
    .updateTable('person_identity')
    .set({ data: JSON.stringify(data) })
    .where('site_id', '=', site)
    .where('kind', '=', 'passkey')
    .where('subject', '=', id)
    .execute()
}

/** Removes a passkey of a person. */
export async function removePasskey({ db }: Work, site: string, person: string, id: string): Promise<void> {
  const removed = await db
    .deleteFrom('person_identity')
    .where('site_id', '=', site)
    .where('kind', '=', 'passkey')
    .where('subject', '=', id)
    .where('person_id', '=', person)
    .returning('subject')
    .executeTakeFirst()
  if (!removed) throw new AppError('not_found', 'There is no such passkey')
}

const refused = (cause: unknown) =>
  Object.assign(new AppError('invalid', 'is not what the passkey should say', { field: 'response' }), {
    cause,
  })

const ClientData = z.object({ challenge: z.string(), crossOrigin: z.literal(false).optional() })

/** The challenge that an answer was made for: one of our tickets. What was made in a frame of another page is refused. */
export function challengeIn({ response }: { response: { clientDataJSON: string } }): string {
  try {
    const { challenge } = ClientData.parse(
      JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()),
    )
    return Buffer.from(challenge, 'base64url').toString()
  } catch (error) {
    throw refused(error)
  }
}

/** Checks that an answer comes of a passkey that is known, made for us and just now; answers the passkey's counter. */
export async function verifyAnswer(
  deps: Pick<Deps, 'config'>,
  passkey: KeptPasskey,
  response: AuthenticationResponseJSON,
): Promise<number> {
  const { id, origin } = relyingParty(deps)
  const { verifyAuthenticationResponse } = await loadWebAuthn()
  const checked = await verifyAuthenticationResponse({
    response,
    // The challenge was taken out of the database by now, which is what makes it ours.
    expectedChallenge: () => true,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: false,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch((error: unknown) => {
    throw refused(error)
  })
  if (!checked.verified) throw refused(undefined)
  return checked.authenticationInfo.newCounter
}

/** Checks a new passkey; answers what is kept of it. */
export async function verifyNew(
  deps: Pick<Deps, 'config'>,
  response: RegistrationResponseJSON,
  name: string,
): Promise<{ id: string; passkey: KeptPasskey }> {
  const { id, origin } = relyingParty(deps)
  const { verifyRegistrationResponse } = await loadWebAuthn()
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  const checked = await Promise.resolve()
    .then(() => {
      const attestation = decodeAttestationObject(
        new Uint8Array(Buffer.from(response.response.attestationObject, 'base64url')),
      )
      // None was asked for. Certificates would name servers to be asked about them.
      if (attestation.get('attStmt').get('x5c')) throw new Error('certificates')
      return verifyRegistrationResponse({
        response,
        expectedChallenge: () => true,
        expectedOrigin: origin,
        expectedRPID: id,
        requireUserVerification: false,
      })
    })
    .catch((error: unknown) => {
      throw refused(error)
    })
  if (!checked.verified) throw refused(undefined)
  const { credential } = checked.registrationInfo
  return {
    id: credential.id,
    passkey: {
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: response.response.transports ?? [],
      name,
      usedAt: null,
    },
  }
}
