import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  Ban,
  ModeratedContext,
  ModerationAct,
  NoticeReceipt,
  Notices,
} from '../../server/contract/moderation.ts'
import { type Bench, newSite, newToken, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { asking, dashboardOf, keyHolder, personOf, trustedOf } from '../support/moderating.ts'
import { ARTICLE } from '../support/somebody.ts'
import { openToAll, settingsOf, talker } from '../support/talking.ts'

type Caller =
  | 'nobody'
  | 'a page'
  | 'a stranger'
  | 'a guest'
  | 'a member'
  | 'a trusted member'
  | 'a moderator'
  | 'an admin'
  | 'a moderator’s session'
  | 'the owner’s session'
  | 'a secret key'
  | 'another site’s page'
  | 'another site’s moderator'
  | 'another site’s owner'
  | 'another site’s key'

/** What each of them is answered, in this order. */
const CALLERS: Caller[] = [
  ...(['nobody', 'a page', 'a stranger', 'a guest', 'a member', 'a trusted member'] as const),
  ...(['a moderator', 'an admin', 'a moderator’s session', 'the owner’s session', 'a secret key'] as const),
  ...([
    'another site’s page',
    'another site’s moderator',
    'another site’s owner',
    'another site’s key',
  ] as const),
]

/** What is there to act upon. */
type Thing = 'comment' | 'held' | 'person' | 'ban' | 'act' | 'notice' | 'code'

interface Operation {
  method: string
  /** Of what it needs the id. */
  needs?: Thing
  path: (id: string) => string
  body?: (id: string) => object
  statuses: number[]
}

const MODERATED = [401, 401, 403, 403, 403, 403, 200, 200, 200, 200, 200, 401, 404, 404, 404]
/** Of lists, another site’s moderators see their own. */
const LISTED = MODERATED.with(12, 200).with(13, 200).with(14, 200)
const BY_MEMBERS = [401, 401, 403, 403, 403, 200, 200, 200, 401, 401, 401, 401, 404, 401, 401]
const BY_PAGES = [401, 200, 200, 200, 200, 200, 200, 200, 401, 401, 200, 404, 404, 401, 404]

const OPERATIONS: Record<string, Operation> = {
  'read the queue': { method: 'GET', path: () => '/v1/moderation/queue?show=all', statuses: LISTED },
  'read the queue as a file': {
    ...{ method: 'GET', path: () => '/v1/moderation/queue?show=all&format=csv', statuses: LISTED },
  },
  'read a comment': {
    ...{
      method: 'GET',
      needs: 'comment',
      path: (id) => `/v1/moderation/comments/${id}`,
      statuses: MODERATED,
    },
  },
  decide: {
    ...{ method: 'POST', path: () => '/v1/moderation/decisions', statuses: MODERATED },
    needs: 'comment',
    body: (id) => ({ comments: [id], act: 'refuse' }),
  },
  'read the acts': { method: 'GET', path: () => '/v1/moderation/acts', statuses: LISTED },
  undo: {
    ...{ method: 'POST', needs: 'act', path: (id) => `/v1/moderation/acts/${id}/undo`, statuses: MODERATED },
    body: () => ({}),
  },
  'read the bans': { method: 'GET', path: () => '/v1/moderation/bans', statuses: LISTED },
  ban: {
    ...{ method: 'POST', path: () => '/v1/moderation/bans' },
    needs: 'person',
    body: (id) => ({ kind: 'ban', person: id }),
    statuses: MODERATED.map((status) => (status === 200 ? 201 : status)),
  },
  lift: {
    ...{ method: 'POST', needs: 'ban', path: (id) => `/v1/moderation/bans/${id}/lift`, statuses: MODERATED },
    body: () => ({}),
  },
  pin: {
    ...{ method: 'PUT', needs: 'comment', path: (id) => `/v1/comments/${id}/pinned`, statuses: MODERATED },
    body: () => ({ pinned: true }),
  },
  'decide on an idea': {
    ...{ method: 'PUT', needs: 'comment', path: (id) => `/v1/comments/${id}/status`, statuses: MODERATED },
    body: () => ({ status: 'planned' }),
  },
  'set a thread': {
    ...{ method: 'PATCH', path: () => '/v1/threads', statuses: LISTED },
    body: () => ({ url: ARTICLE, mode: 'ideas' }),
  },
  hold: {
    ...{ method: 'POST', needs: 'comment', path: (id) => `/v1/comments/${id}/hold`, statuses: BY_MEMBERS },
    body: () => ({}),
  },
  vouch: {
    ...{ method: 'POST', needs: 'held', path: (id) => `/v1/comments/${id}/vouch`, statuses: BY_MEMBERS },
    body: () => ({}),
  },
  'give notice': {
    ...{ method: 'POST', path: () => '/v1/notices' },
    needs: 'comment',
    body: (id) => ({ ...NOTICE, comment: id }),
    statuses: BY_PAGES.map((status) => (status === 200 ? 201 : status)),
  },
  'follow a notice': { method: 'GET', needs: 'code', path: (id) => `/v1/notices/${id}`, statuses: BY_PAGES },
  'read the notices': { method: 'GET', path: () => '/v1/notices', statuses: LISTED },
  'decide on a notice': {
    ...{ method: 'POST', needs: 'notice', path: (id) => `/v1/notices/${id}/decision`, statuses: MODERATED },
    body: () => ({ decision: 'removed', statement: 'So' }),
  },
}

const NOTICE = {
  ...{ url: ARTICLE, reason: 'hate', explanation: 'It is', name: 'Nora', mail: 'nora@example.com' },
  goodFaith: true,
}

async function callersOf(bench: Bench, site: TestSite, other: TestSite) {
  const page = { 'x-grapevine-site': site.publishableKey }
  const guest = talker(bench, site, 'Gus')
  await guest.say('I am Gus')
  const moderator = await personOf(bench, site, 'moderator', 'Mona')
  const stranger = { ...page, authorization: `Bearer ${newToken()}` }
  const callers: Record<Caller, { ask: ReturnType<typeof asking>['ask'] }> = {
    nobody: asking(bench, {}),
    'a page': asking(bench, page),
    'a stranger': asking(bench, stranger),
    'a guest': guest,
    'a member': await personOf(bench, site, 'member', 'Meg'),
    'a trusted member': await trustedOf(bench, site),
    'a moderator': moderator,
    'an admin': await personOf(bench, site, 'admin', 'Anna'),
    'a moderator’s session': await dashboardOf(bench, site, 'moderator', moderator.id),
    'the owner’s session': await dashboardOf(bench, site),
    'a secret key': keyHolder(bench, site),
    'another site’s page': asking(bench, { 'x-grapevine-site': other.publishableKey }),
    'another site’s moderator': await personOf(bench, other, 'moderator', 'Otto'),
    'another site’s owner': await dashboardOf(bench, other),
    'another site’s key': keyHolder(bench, other),
  }
  return callers
}

onEveryDatabase('who may moderate', (bench) => {
  test('is told apart for every operation', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    await openToAll(bench, site, { mode: 'ideas' })
    await openToAll(bench, other)
    const callers = await callersOf(bench, site, other)
    await settingsOf(bench, site, {
      policy: 'first_held',
      proofOfWork: 'never',
      perMinute: 100,
      mode: 'ideas',
    })
    const owner = keyHolder(bench, site)
    const ada = await trustedOf(bench, site, 'Ada')
    let made = 0
    const make: Record<Thing, () => Promise<string>> = {
      comment: async () => (await ada.say(`Number ${made++}`)).id,
      held: async () => (await talker(bench, site, `New ${made++}`).say(`I am number ${made}`)).id,
      async person() {
        const path = `/v1/moderation/comments/${await make.held()}`
        return (await owner.get<ModeratedContext>(path)).comment.author.id
      },
      async ban() {
        const until = new Date(bench.clock.now + 3_600_000).toISOString()
        const ban = { kind: 'ban', person: await make.person(), until }
        return (await owner.done<Ban>('POST', '/v1/moderation/bans', ban)).id
      },
      act: async () => (await owner.decide('hold', [await make.comment()])).acts[0]?.id ?? '',
      async notice() {
        await make.code()
        return (await owner.get<Notices>('/v1/notices?limit=1')).data[0]?.id ?? ''
      },
      code: async () => (await owner.done<NoticeReceipt>('POST', '/v1/notices', NOTICE)).code,
    }
    for (const [name, { method, needs, path, body, statuses }] of Object.entries(OPERATIONS)) {
      const told: Record<string, number> = {}
      const fresh = async () => (needs === undefined ? '' : make[needs]())
      let id = await fresh()
      for (const who of CALLERS) {
        bench.clock.now += 5_000
        const answer = await callers[who].ask(method, path(id), body?.(id))
        told[who] = answer.status
        // Whoever was refused has changed nothing: the next one finds it as it was.
        if (answer.ok && method !== 'GET') id = await fresh()
      }
      assert.deepEqual(told, Object.fromEntries(CALLERS.map((who, at) => [who, statuses[at]])), name)
    }
  })

  test('what is another site’s is answered as what is nobody’s, to the byte', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    await openToAll(bench, other)
    const owner = keyHolder(bench, site)
    const theirs = keyHolder(bench, other)
    const { id } = await talker(bench, other).say('Theirs')
    const [act] = (await theirs.decide('hold', [id])).acts as [ModerationAct]
    await theirs.ask('POST', '/v1/notices', NOTICE)
    const [notice] = (await theirs.get<Notices>('/v1/notices')).data
    const bytes = async (method: string, path: string, body?: object) => {
      const text = await (await owner.ask(method, path, body)).text()
      return text.replace(/"requestId":"[^"]*"/, '')
    }
    const pairs: [string, (id: string) => string, string, object?][] = [
      ['GET', (id) => `/v1/moderation/comments/${id}`, id],
      ['POST', (id) => `/v1/moderation/acts/${id}/undo`, act.id, {}],
      ['PUT', (id) => `/v1/comments/${id}/pinned`, id, { pinned: true }],
      ['PUT', (id) => `/v1/comments/${id}/status`, id, { status: null }],
      ['POST', (id) => `/v1/notices/${id}/decision`, notice?.id ?? '', { decision: 'kept', statement: 'So' }],
    ]
    for (const [method, path, theirs, body] of pairs)
      assert.equal(
        await bytes(method, path(theirs), body),
        await bytes(method, path('-nobodys-at-all-'), body),
        path('…'),
      )
  })
})
