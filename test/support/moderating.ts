import assert from 'node:assert/strict'
import type { ModerationAct, NewModeration } from '../../server/contract/moderation.ts'
import { issueSignInLink, signInOwner } from '../../server/sites/sign-in-owner.ts'
import type { Bench, TestSite } from './databases.ts'
import { talker } from './talking.ts'

type Role = 'owner' | 'admin' | 'moderator' | 'member'

/** Asks in the name of whoever these header fields say. */
export function asking(bench: Bench, headers: Record<string, string>) {
  const ask = (method: string, path: string, body?: object, more: Record<string, string> = {}) =>
    bench.request(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers, ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const done = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await ask(method, path, body)
    assert.ok(response.ok, `${response.status} ${await response.clone().text()}`)
    return (await response.json()) as T
  }
  return {
    ask,
    done,
    get: <T>(path: string) => done<T>('GET', path),
    decide: (act: NewModeration['act'], comments: string[], note = '') =>
      done<{ acts: ModerationAct[]; data: { id: string; state: string }[] }>(
        'POST',
        '/v1/moderation/decisions',
        { comments, act, note },
      ),
    undo: (act: string) => ask('POST', `/v1/moderation/acts/${act}/undo`, {}),
    /** The latest acts, latest first. */
    acts: async (query = '') =>
      (await done<{ data: ModerationAct[] }>('GET', `/v1/moderation/acts${query}`)).data,
  }
}
export type Asking = ReturnType<typeof asking>

/** A site's own server. */
export const keyHolder = (bench: Bench, site: TestSite) =>
  asking(bench, { authorization: `Bearer ${site.secretKey}` })

/** Somebody signed in to the dashboard as the owner, or as a person who helps them. */
export async function dashboardOf(
  bench: Bench,
  site: TestSite,
  role: 'owner' | 'admin' | 'moderator' = 'owner',
  person: string | null = null,
) {
  const { session } = await bench.deps.write(async (work) =>
    signInOwner(work, { token: await issueSignInLink(work, site.id, { role, person }) }),
  )
  return asking(bench, { cookie: `grapevine_owner=${session}` })
}

/** Somebody of this role, with a token on the site's pages. */
export async function personOf(bench: Bench, site: TestSite, role: Role, name: string = role) {
  const person = talker(bench, site, name)
  const headers = { 'x-grapevine-site': site.publishableKey, authorization: `Bearer ${person.token}` }
  const { id } = await asking(bench, headers).done<{ id: string }>('PATCH', '/v1/me', { name })
  await change(bench, site, id, { role, member_since: bench.clock.now })
  return { ...person, ...asking(bench, headers), id, name }
}

/** A member whose word counts. */
export async function trustedOf(bench: Bench, site: TestSite, name = 'Trudy') {
  const person = await personOf(bench, site, 'member', name)
  await setLevel(bench, site, person.id, 3)
  return person
}

/** Says how far somebody is trusted. */
export const setLevel = ({ deps }: Bench, site: TestSite, person: string, level: number) =>
  deps.write(({ db }) =>
    db
      .insertInto('person_standing')
      .values({
        ...{ site_id: site.id, person_id: person, approved: 0, refused: 0 },
        ...{ vouched_by: null, level, root_id: null, first_at: null },
      })
      .onConflict((conflict) => conflict.columns(['site_id', 'person_id']).doUpdateSet({ level }))
      .execute(),
  )

const change = ({ deps }: Bench, site: TestSite, person: string, changed: object) =>
  deps.write(({ db }) =>
    db.updateTable('person').set(changed).where('site_id', '=', site.id).where('id', '=', person).execute(),
  )

/** How somebody's comments fared. */
export async function fared({ deps }: Bench, site: TestSite, person: string) {
  const row = await deps.read
    .selectFrom('person_standing')
    .select(['approved', 'refused'])
    .where('site_id', '=', site.id)
    .where('person_id', '=', person)
    .executeTakeFirst()
  return [row?.approved ?? 0, row?.refused ?? 0]
}
