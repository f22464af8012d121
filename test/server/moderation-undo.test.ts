import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Ban, ModerationAct, Notices } from '../../server/contract/moderation.ts'
import type { CommentSettings } from '../../server/contract/screening.ts'
import { roleOfPerson } from '../../server/identity/staff.ts'
import { type Bench, newSite, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { type Asking, dashboardOf, fared, keyHolder, personOf, trustedOf } from '../support/moderating.ts'
import { ARTICLE, mintCode, refusal, SHOP, somebody } from '../support/somebody.ts'
import { openToAll, reader, settingsOf, talker } from '../support/talking.ts'

/** The rows that acts change, as far as undoing puts them back. */
async function stateOf({ deps }: Bench, site: TestSite) {
  return {
    comments: await deps.read
      .selectFrom('comment')
      .where('site_id', '=', site.id)
      .select(['id', 'state', 'shown', 'shadow', 'reasons', 'counted', 'reports', 'replies', 'below'])
      .select(['pinned_at', 'accepted_id', 'status', 'status_note', 'decided_at'])
      .orderBy('id')
      .execute(),
    reports: await deps.read
      .selectFrom('comment_report')
      .select(['comment_id', 'person_id', 'resolved_at'])
      .where('site_id', '=', site.id)
      .orderBy('comment_id')
      .orderBy('person_id')
      .execute(),
    threads: await deps.read
      .selectFrom('thread')
      .select(['page_id', 'mode', 'state', 'closes_at', 'comments'])
      .where('site_id', '=', site.id)
      .orderBy('page_id')
      .execute(),
    standing: await deps.read
      .selectFrom('person_standing')
      .select(['person_id', 'approved', 'refused', 'vouched_by', 'level'])
      .where('site_id', '=', site.id)
      .orderBy('person_id')
      .execute(),
    bans: await deps.read
      .selectFrom('ban')
      .select(['person_id', 'share_id', 'kind'])
      .where('site_id', '=', site.id)
      .where('lifted_at', 'is', null)
      .orderBy('id')
      .execute(),
    settings: await deps.read.selectFrom('setting').select('value').where('site_id', '=', site.id).execute(),
    notices: await deps.read
      .selectFrom('notice')
      .select(['id', 'state', 'statement', 'decided_by', 'decided_at'])
      .where('site_id', '=', site.id)
      .orderBy('id')
      .execute(),
  }
}

/** Numbers that seem random, the same again from the same seed (mulberry32). */
function numbers(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

onEveryDatabase('undoing', (bench) => {
  test('puts everything back, once, and is on the record', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const moderator = await personOf(bench, site, 'moderator', 'Mona')
    const ada = talker(bench, site)
    const top = await ada.say('Top')
    const reply = await ada.say('Reply', { parent: top.id })
    await owner.done('PUT', `/v1/comments/${top.id}/pinned`, { pinned: true })
    const before = await stateOf(bench, site)
    const { acts } = await moderator.decide('refuse', [top.id], 'no')
    const [act] = acts as [ModerationAct]
    assert.equal((await reader(bench, site).thread()).data[0]?.state, 'removed')
    const undone = await owner.undo(act.id)
    assert.equal(undone.status, 200)
    const { undone: how, undoable } = (await undone.json()) as ModerationAct
    assert.equal(how?.by, `secret key …${site.secretKey.slice(-4)}`)
    assert.equal(undoable, false)
    assert.deepEqual(await stateOf(bench, site), before)
    const { data } = await reader(bench, site).thread()
    assert.deepEqual(
      data.map(({ id, state, pinned }) => [id, state, pinned]),
      [
        [top.id, 'visible', true],
        [reply.id, 'visible', false],
      ],
    )
    assert.deepEqual(await refusal(owner.undo(act.id)), [409, undefined])
    assert.deepEqual(
      (await owner.acts(`?subject=${top.id}`)).map(({ act, undone }) => [act, undone !== null]),
      [
        ['refuse', true],
        ['pin', false],
      ],
    )
  })

  test('is refused while something later builds on it, saying whose and when', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const moderator = await personOf(bench, site, 'moderator', 'Mona')
    const { id } = await talker(bench, site).say('Hello')
    const [held] = (await owner.decide('hold', [id])).acts as [ModerationAct]
    const [refused] = (await moderator.decide('refuse', [id])).acts as [ModerationAct]
    assert.deepEqual(
      (await owner.acts()).map(({ act, undoable }) => [act, undoable]),
      [
        ['refuse', true],
        ['hold', false],
      ],
    )
    const answer = await owner.undo(held.id)
    assert.equal(answer.status, 409)
    const { error } = (await answer.json()) as { error: { message: string } }
    assert.equal(error.message, `moderator Mona has changed it since, at ${refused.at}`)
    assert.equal((await owner.undo(refused.id)).status, 200)
    assert.equal((await owner.undo(held.id)).status, 200)
    assert.equal((await reader(bench, site).thread()).count, 1)
  })

  test('is refused where the author has deleted the comment since', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [owner, ada] = [keyHolder(bench, site), talker(bench, site)]
    const { id } = await ada.say('Hello')
    const [held] = (await owner.decide('hold', [id])).acts as [ModerationAct]
    assert.ok((await ada.remove(id)).ok)
    const answer = await owner.undo(held.id)
    assert.equal(answer.status, 409)
    assert.match(await answer.text(), /author has deleted it/)
  })

  test('of what does not touch the same is free', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const { id } = await talker(bench, site).say('Hello')
    const [held] = (await owner.decide('hold', [id])).acts as [ModerationAct]
    await owner.decide('approve', [id])
    await owner.done('PUT', `/v1/comments/${id}/pinned`, { pinned: true })
    const [, approved] = await owner.acts()
    assert.equal(approved?.act, 'approve')
    assert.equal((await owner.undo(approved?.id ?? '')).status, 200)
    assert.equal((await owner.undo(held.id)).status, 200)
  })

  test('reaches threads, statuses, accepted answers, bans and settings', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const moderator = await personOf(bench, site, 'moderator', 'Mona')
    const bob = talker(bench, site, 'Bob')
    const idea = await bob.say('An idea')
    const question = await bob.say('A question?', { url: SHOP })
    const answer = await bob.say('An answer', { url: SHOP, parent: question.id })
    const { code } = await somebody(bench, site).share({ code: mintCode(site) })
    const before = await stateOf(bench, site)
    await moderator.done('PATCH', '/v1/threads', {
      url: ARTICLE,
      mode: 'ideas',
      closesAt: '2027-01-01T00:00:00Z',
    })
    await moderator.done('PUT', `/v1/comments/${idea.id}/status`, { status: 'declined', note: 'too dear' })
    await moderator.done('PATCH', '/v1/threads', { url: SHOP, mode: 'questions', state: 'locked' })
    await moderator.done('PUT', `/v1/comments/${question.id}/accepted`, { answer: answer.id })
    const ban = await moderator.done<Ban>('POST', '/v1/moderation/bans', { kind: 'ban', subtree: code })
    await owner.done('POST', `/v1/moderation/bans/${ban.id}/lift`, {})
    await owner.done<CommentSettings>('PATCH', '/v1/moderation/settings', { policy: 'all_held' })
    const acts = await owner.acts()
    assert.deepEqual(
      acts.map(({ act, subject, undoable }) => [act, subject.kind, subject.text, undoable]),
      [
        ['settings', 'settings', 'comments', true],
        ['lift', 'ban', code, true],
        ['ban', 'ban', code, false],
        ['accept', 'comment', 'A question?', true],
        ['thread', 'thread', SHOP, true],
        ['status', 'comment', 'An idea', true],
        ['thread', 'thread', ARTICLE, true],
      ],
    )
    assert.equal((await moderator.undo(acts[0]?.id ?? '')).status, 403)
    for (const { id, act } of acts) {
      const answer = await owner.undo(id)
      assert.equal(answer.status, 200, `${act} ${await answer.text()}`)
    }
    const after = await stateOf(bench, site)
    assert.deepEqual(
      JSON.parse(after.settings[0]?.value ?? '').policy,
      JSON.parse(before.settings[0]?.value ?? '').policy,
    )
    assert.deepEqual({ ...after, settings: [] }, { ...before, settings: [] })
  })

  test('reaches how one signs in, somebody’s role and how far they are trusted: for owners and admins', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    const [admin, moderator, meg] = [
      await personOf(bench, site, 'admin', 'Anna'),
      await personOf(bench, site, 'moderator', 'Mona'),
      await personOf(bench, site, 'member', 'Meg'),
    ]
    const path = `/v1/people/${meg.id}`
    const dashboard = await dashboardOf(bench, site, 'admin', admin.id)
    await dashboard.done('PATCH', path, { role: 'moderator' })
    await owner.done('PATCH', path, { role: 'admin' })
    await owner.done('PATCH', path, { level: 2 })
    await owner.done('PATCH', '/v1/sign-in/settings', { passkeys: false })
    const acts = await owner.acts()
    const key = `secret key …${site.secretKey.slice(-4)}`
    assert.deepEqual(
      acts.map(({ act, who, subject }) => [act, who, subject.text]),
      [
        ['settings', key, 'sign-in'],
        ['level', key, 'Meg'],
        ['role', key, 'Meg'],
        ['role', 'admin Anna', 'Meg'],
      ],
    )
    const [settings, level, toAdmin, toModerator] = acts.map(({ id }) => id) as [
      string,
      string,
      string,
      string,
    ]
    for (const { id } of acts) assert.equal((await moderator.undo(id)).status, 403)
    assert.equal((await admin.undo(settings)).status, 200)
    const { passkeys } = await owner.get<{ passkeys: boolean }>('/v1/sign-in/settings')
    assert.equal(passkeys, true)
    assert.equal((await admin.undo(level)).status, 200)
    assert.equal((await admin.undo(toModerator)).status, 409)
    assert.equal((await admin.undo(toAdmin)).status, 403)
    assert.equal((await owner.undo(toAdmin)).status, 200)
    assert.equal((await admin.undo(toModerator)).status, 200)
    assert.equal(await roleOfPerson(bench.deps.read, site.id, meg.id), 'member')
    assert.equal(
      (await stateOf(bench, site)).standing.find(({ person_id }) => person_id === meg.id)?.level,
      null,
    )
  })

  for (const seed of [1, 2, 3, 4])
    test(`of all that was done, latest first, leads back to how it was (${seed})`, async () => {
      const site = await newSite(bench)
      await settingsOf(bench, site, {
        ...{ policy: 'first_held', proofOfWork: 'never', perMinute: 100 },
        ...{ mode: 'ideas', reportsToHold: 2 },
      })
      const pick = numbers(seed)
      const owner = keyHolder(bench, site)
      const moderator = await personOf(bench, site, 'moderator', 'Mona')
      const trudy = await trustedOf(bench, site)
      const talkers = ['Ada', 'Bob', 'Cyd'].map((name) => talker(bench, site, name))
      const ids: string[] = []
      for (let i = 0; i < 9; i++) {
        const parent = i > 3 && pick(2) ? ids[pick(ids.length)] : undefined
        const said = await talkers[pick(3)]?.tell({ body: `Number ${i}`, ...(parent ? { parent } : {}) })
        if (!said?.ok) continue
        const { comment } = (await said.json()) as { comment: { id: string } }
        ids.push(comment.id)
        if (pick(3) === 0) await owner.decide('approve', [comment.id])
        if (pick(3) === 0) await talkers[pick(3)]?.report(comment.id)
      }
      const notice = await giveNotice(moderator, owner, ids[pick(ids.length)] as string)
      const first = new Set((await owner.acts('?limit=100')).map(({ id }) => id))
      const before = await stateOf(bench, site)
      let refusals = 0
      for (let i = 0; i < 60; i++) {
        const who = pick(2) ? owner : moderator
        const id = ids[pick(ids.length)] as string
        const some = [...new Set([id, ids[pick(ids.length)] as string])]
        const decide = (act: string) => who.ask('POST', '/v1/moderation/decisions', { comments: some, act })
        const pin = (pinned: boolean) => who.ask('PUT', `/v1/comments/${id}/pinned`, { pinned })
        const status = (status: string | null) =>
          who.ask('PUT', `/v1/comments/${id}/status`, { status, note: `${i}` })
        const steps: (() => Promise<Response>)[] = [
          () => decide('approve'),
          () => decide('approve'),
          () => decide('hold'),
          () => decide('refuse'),
          () => decide('delete'),
          () => decide('resolve_reports'),
          () => pin(true),
          () => pin(false),
          () => status('planned'),
          () => status(null),
          () => who.ask('PATCH', '/v1/threads', { url: ARTICLE, state: pick(2) ? 'locked' : 'open' }),
          () => trudy.ask('POST', `/v1/comments/${id}/hold`, {}),
          () => trudy.ask('POST', `/v1/comments/${id}/vouch`, {}),
          () =>
            who.ask('POST', `/v1/notices/${notice}/decision`, { decision: 'removed', statement: 'Illegal' }),
        ]
        const answer = await (steps[pick(steps.length)] as () => Promise<Response>)()
        assert.ok(answer.status < 500)
        if (!answer.ok) refusals++
      }
      assert.ok(refusals < 55, `${refusals} refused`)
      for (;;) {
        const next = (await owner.acts('?limit=100')).find(
          ({ id, undone, undoable }) => !first.has(id) && undone === null && undoable,
        )
        if (!next) break
        const answer = await owner.undo(next.id)
        assert.equal(answer.status, 200, `${next.act} ${await answer.text()}`)
      }
      const left = (await owner.acts('?limit=100')).filter(
        ({ id, undone }) => !first.has(id) && undone === null,
      )
      assert.deepEqual(left, [])
      assert.deepEqual(await stateOf(bench, site), before)
    })

  test('and deciding, reporting and posting at the same time neither fails nor miscounts', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { reportsToHold: 2 })
    const owner = keyHolder(bench, site)
    const moderator = await personOf(bench, site, 'moderator', 'Mona')
    const trudy = await trustedOf(bench, site)
    const people = [talker(bench, site, 'Ada'), talker(bench, site, 'Bob'), talker(bench, site, 'Cyd')]
    const [ada] = people as [(typeof people)[0]]
    const ids: string[] = []
    for (let i = 0; i < 6; i++) {
      const parent = i > 1 ? { parent: ids[i % 2] as string } : {}
      ids.push((await ada.say(`Number ${i}`, parent)).id)
    }
    const notice = await giveNotice(moderator, owner, ids[0] as string)
    const pick = numbers(7)
    for (let round = 0; round < 6; round++) {
      const acts = await owner.acts('?limit=20')
      const some = () => [ids[pick(6)], ids[pick(6)], ids[pick(6)]]
      const decide = (act: string) => owner.ask('POST', '/v1/moderation/decisions', { comments: some(), act })
      const answers = await Promise.all([
        ...['approve', 'refuse', 'hold', 'resolve_reports', 'approve'].map(decide),
        ...acts.slice(0, 4).map(({ id }) => moderator.undo(id)),
        moderator.ask('POST', `/v1/notices/${notice}/decision`, { decision: 'removed', statement: 'So' }),
        trudy.ask('POST', `/v1/comments/${ids[pick(6)]}/hold`, {}),
        owner.ask('PUT', `/v1/comments/${ids[pick(2)]}/pinned`, { pinned: true }),
        owner.ask('PATCH', '/v1/threads', { url: ARTICLE, state: pick(2) ? 'locked' : 'open' }),
        ...people.map((one) => one.report(ids[pick(6)] as string)),
        ...people.map((one) => one.tell({ body: `In round ${round}`, parent: ids[pick(6)] as string })),
      ])
      assert.deepEqual(
        answers.map(({ status }) => status).filter((status) => status >= 500),
        [],
      )
    }
    const { comments, threads, standing, reports } = await stateOf(bench, site)
    const visible = comments.filter(({ state }) => state === 'visible')
    assert.deepEqual([threads[0]?.comments], [visible.length])
    for (const as of ['approved', 'refused'] as const)
      assert.equal(
        standing.reduce((sum, row) => sum + row[as], 0),
        comments.filter(({ counted }) => counted === as).length,
      )
    for (const { id, reports: open } of comments)
      assert.equal(open, reports.filter((one) => one.comment_id === id && one.resolved_at === null).length)
  })

  test('at the same time comes to one undoing', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const ada = talker(bench, site)
    const { id } = await ada.say('Hello')
    await owner.decide('approve', [id])
    const [act] = (await owner.decide('refuse', [id])).acts as [ModerationAct]
    const answers = await Promise.all([1, 2, 3, 4].map(() => owner.undo(act.id)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409])
    const row = await bench.deps.read
      .selectFrom('comment')
      .select('person_id')
      .where('site_id', '=', site.id)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    assert.deepEqual(await fared(bench, site, row.person_id), [0, 0])
  })
})

/** Gives notice of a comment; answers the notice's id. */
async function giveNotice(who: Pick<Asking, 'ask'>, owner: Asking, comment: string): Promise<string> {
  const answer = await who.ask('POST', '/v1/notices', {
    ...{
      comment,
      url: ARTICLE,
      reason: 'hate',
      explanation: 'It is',
      name: 'Nora',
      mail: 'nora@example.com',
    },
    goodFaith: true,
  })
  assert.equal(answer.status, 201, await answer.clone().text())
  return (await owner.get<Notices>('/v1/notices')).data[0]?.id ?? ''
}
