import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'

type Row = Database['person_identity']

/**
 * What a member signs in by. `subject` is the mail address, `issuer subject` of an account elsewhere, the host's id of
 * somebody, a passkey's id; `data` what has to be known of it beside: of an account elsewhere, its `provider`.
 */
export interface Identity extends Pick<Row, 'kind' | 'subject'> {
  data: object
}

/** The member who signs in by this. */
export async function memberByIdentity(
  db: Kysely<Database>,
  site: string,
  { kind, subject }: Pick<Identity, 'kind' | 'subject'>,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('person_identity')
    .select('person_id')
    .where('site_id', '=', site)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.person_id
}

/** Lets a person sign in by this from now on; answers false where somebody does already. */
export async function enterIdentity(
  { db, now }: Work,
  site: string,
  person: string,
  { kind, subject, data }: Identity,
): Promise<boolean> {
  const entered = await db
    .insertInto('person_identity')
    .values({ site_id: site, kind, subject, person_id: person, data: JSON.stringify(data), at: now() })
    .onConflict((conflict) => conflict.columns(['site_id', 'kind', 'subject']).doNothing())
    .returning('person_id')
    .executeTakeFirst()
  return entered !== undefined
}

/** By which ways a person signs in, each once: `mail`, `passkey`, `sso`, or the id of a provider. */
export async function waysOfPerson(db: Kysely<Database>, site: string, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person_identity')
    .select(['kind', 'data'])
    .where('site_id', '=', site)
    .where('person_id', '=', person)
    .orderBy('at')
    .execute()
  const ways = rows.map(({ kind, data }) => {
    const { provider } = JSON.parse(data) as { provider?: string }
    return kind === 'oauth' ? (provider ?? kind) : kind
  })
  return [...new Set(ways)]
}
