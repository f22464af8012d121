import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Moderated, ModeratedContext, Queue } from '../../server/contract/moderation.ts'
import { newSite, onEveryDatabase } from '../support/databases.ts'
import { fared, keyHolder, personOf } from '../support/moderating.ts'
import { readCsv } from '../support/read-csv.ts'
import { ARTICLE, mintCode, refusal, SHOP, somebody } from '../support/somebody.ts'
import { openToAll, reader, settingsOf, talker } from '../support/talking.ts'

onEveryDatabase('the queue of moderators', (bench) => {
  test('holds what waits, with why, who wrote it and who reported it', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    const { code } = await somebody(bench, site).share({ code: mintCode(site) })
    const bob = talker(bench, site, 'Bob')
    await somebody(bench, site, bob.token).visit(code)
    const held = await bob.say('Look **here**')
    const queue = await owner.get<Queue>('/v1/moderation/queue')
    assert.deepEqual(queue.counts, { held: 1, reported: 0, notices: 0 })
    const [comment] = queue.data
    assert.deepEqual(
      [comment?.id, comment?.state, comment?.body, comment?.page.url, comment?.parent],
      [held.id, 'held', 'Look **here**', ARTICLE, null],
    )
    assert.deepEqual(comment?.reasons, [{ reason: 'first_held', detail: '' }])
    assert.deepEqual(
      [comment?.author.name, comment?.author.member, comment?.author.role, comment?.author.banned],
      ['Bob', false, 'member', null],
    )
    assert.ok(comment?.author.broughtBy)

    await owner.decide('approve', [held.id])
    const eve = talker(bench, site, 'Eve')
    await eve.say('I am here')
    assert.ok((await eve.report(held.id, 'spam')).ok)
    const reported = await owner.get<Queue>('/v1/moderation/queue?show=reported')
    assert.equal(reported.counts.reported, 1)
    assert.deepEqual(
      reported.data.map(({ id, reports }) => [
        id,
        reports.map(({ reason, person }) => [reason, person.name]),
      ]),
      [[held.id, [['spam', 'Eve']]]],
    )
  })

  test('is asked for by state, words, person, page and reason', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    await settingsOf(bench, site, { policy: 'open', proofOfWork: 'never', heldWords: ['pills'] })
    const [ada, bob] = [talker(bench, site, 'Ada'), talker(bench, site, 'Bob')]
    const one = await ada.say('An Étude at 100% of its_name')
    const two = await bob.say('Cheap pills for all')
    const three = await bob.say('Of the shop', { url: SHOP })
    const found = async (query: string) =>
      (await owner.get<Queue>(`/v1/moderation/queue?${query}`)).data.map(({ id }) => id)
    assert.deepEqual(await found('show=all'), [three.id, two.id, one.id])
    assert.deepEqual(await found(''), [two.id])
    assert.deepEqual(await found('show=visible'), [three.id, one.id])
    assert.deepEqual(await found('show=all&reason=held_word'), [two.id])
    assert.deepEqual(await found('show=all&reason=guest'), [])
    assert.deepEqual(await found(`show=all&url=${encodeURIComponent(SHOP)}`), [three.id])
    assert.deepEqual(await found(`show=all&url=${encodeURIComponent(`${SHOP}/nothing-here`)}`), [])
    assert.deepEqual(await found('show=all&q=CHEAP+all'), [two.id])
    assert.deepEqual(await found(`show=all&q=${encodeURIComponent('étude')}`), [one.id])
    assert.deepEqual(await found('show=all&q=100%25'), [one.id])
    assert.deepEqual(await found('show=all&q=its_name'), [one.id])
    assert.deepEqual(await found('show=all&q=itsxname'), [])
    const { data } = await owner.get<Queue>('/v1/moderation/queue?show=all')
    assert.deepEqual(await found(`show=all&person=${data[0]?.author.id}`), [three.id, two.id])
    assert.deepEqual(await refusal(owner.ask('GET', '/v1/moderation/queue?reason=nothing')), [422, 'reason'])
    assert.deepEqual(await refusal(owner.ask('GET', '/v1/moderation/queue?url=nothing')), [422, 'url'])
    assert.deepEqual(await refusal(owner.ask('GET', '/v1/moderation/queue?cursor=x')), [422, 'cursor'])
  })

  test('is paged, and can be had as a file', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const ids: string[] = []
    for (const word of ['one', 'two', 'three', '=four']) ids.unshift((await ada.say(`I say ${word}`)).id)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Queue = await owner.get(
        `/v1/moderation/queue?show=all&limit=3${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.next
    }
    assert.deepEqual(seen, ids)
    const file = await owner.ask('GET', '/v1/moderation/queue?show=all&format=csv')
    assert.match(file.headers.get('content-disposition') ?? '', /grapevine-comments\.csv/)
    assert.deepEqual(
      readCsv((await file.text()).replace(/^\uFEFF/, ''))
        .slice(1)
        .map(([id]) => id?.replace(/^'/, '')),
      ids,
    )
  })

  test('tells what stands around a comment, what its author said before, and what was decided', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    await openToAll(bench, site)
    const [ada, bob] = [talker(bench, site, 'Ada'), talker(bench, site, 'Bob')]
    const top = await ada.say('Top')
    const middle = await bob.say('Middle', { parent: top.id })
    const low = await ada.say('Low', { parent: middle.id })
    const reply = await bob.say('A reply', { parent: low.id })
    assert.ok((await ada.edit(low.id, 'Lower')).ok)
    await owner.decide('hold', [low.id], 'let me think')
    const context = await owner.get<ModeratedContext>(`/v1/moderation/comments/${low.id}`)
    assert.deepEqual(
      [context.comment.body, context.comment.parent?.name, context.comment.parent?.body],
      ['Lower', 'Bob', 'Middle'],
    )
    assert.deepEqual(
      context.above.map(({ id }) => id),
      [top.id, middle.id],
    )
    assert.deepEqual(
      context.replies.map(({ id }) => id),
      [reply.id],
    )
    assert.deepEqual(
      context.history.map(({ id }) => id),
      [top.id],
    )
    assert.deepEqual(
      context.edits.map(({ body }) => body),
      ['Low'],
    )
    assert.deepEqual(
      context.acts.map(({ act, note, who, undoable }) => [act, note, who, undoable]),
      [['hold', 'let me think', `secret key …${site.secretKey.slice(-4)}`, true]],
    )
    assert.equal((await owner.ask('GET', '/v1/moderation/comments/nothing')).status, 404)
  })
})

onEveryDatabase('decisions on comments', (bench) => {
  test('an approved comment is shown, and its author is known from then on; a refused one tells against them', async () => {
    const site = await newSite(bench)
    const [owner, { thread }] = [keyHolder(bench, site), reader(bench, site)]
    const bob = talker(bench, site, 'Bob')
    const first = await bob.say('Hello')
    assert.deepEqual((await thread()).data, [])
    const { data, acts } = await owner.decide('approve', [first.id])
    assert.deepEqual(
      [data[0]?.state, acts.map(({ act, subject }) => [act, subject])],
      ['visible', [['approve', { kind: 'comment', id: first.id, text: 'Hello' }]]],
    )
    assert.deepEqual(
      (await thread()).data.map(({ id }) => id),
      [first.id],
    )
    const [person] = (await owner.get<Queue>('/v1/moderation/queue?show=visible')).data.map(
      ({ author }) => author,
    )
    assert.deepEqual([person?.approved, person?.trust.level], [1, 1])
    const second = await bob.say('And so on')
    assert.equal(second.state, 'visible')
    assert.deepEqual(await fared(bench, site, person?.id ?? ''), [2, 0])
    await owner.decide('refuse', [second.id])
    assert.deepEqual(await fared(bench, site, person?.id ?? ''), [1, 1])
    assert.deepEqual(
      (await thread()).data.map(({ id }) => id),
      [first.id],
    )
    await owner.decide('delete', [first.id])
    assert.deepEqual((await thread()).data, [])
    await owner.decide('approve', [first.id, second.id])
    assert.deepEqual(await fared(bench, site, person?.id ?? ''), [2, 0])
    assert.equal((await thread()).count, 2)
  })

  test('what is so already is neither changed nor written down', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const { id } = await ada.say('Hello')
    for (const [act, written] of [
      ['approve', 0],
      ['resolve_reports', 0],
      ['hold', 1],
      ['hold', 0],
      ['refuse', 1],
      ['refuse', 0],
      ['delete', 1],
      ['delete', 0],
      ['approve', 1],
      ['approve', 0],
    ] as const)
      assert.equal((await owner.decide(act, [id])).acts.length, written, act)
    assert.equal((await owner.acts()).length, 4)
  })

  test('all of a batch are decided, or none', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    await openToAll(bench, site)
    await openToAll(bench, other)
    const owner = keyHolder(bench, site)
    const mine = await talker(bench, site).say('Mine')
    const theirs = await talker(bench, other).say('Theirs')
    for (const stranger of [theirs.id, 'nothing']) {
      const answer = owner.ask('POST', '/v1/moderation/decisions', {
        comments: [mine.id, stranger],
        act: 'refuse',
      })
      assert.deepEqual(await refusal(answer), [404, undefined])
    }
    assert.equal((await reader(bench, site).thread()).count, 1)
    assert.equal((await owner.acts()).length, 0)
    const many = Array.from({ length: 101 }, (_, i) => `id${i}`)
    const answer = owner.ask('POST', '/v1/moderation/decisions', { comments: many, act: 'refuse' })
    assert.deepEqual(await refusal(answer), [422, 'comments'])
    const both = await owner.decide('refuse', [mine.id, mine.id])
    assert.deepEqual([both.data.length, both.acts.length], [1, 1])
  })

  test('reports are dealt with by a decision, or by themselves', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    await openToAll(bench, site)
    const [ada, bob] = [talker(bench, site, 'Ada'), talker(bench, site, 'Bob')]
    const [one, two, three] = [await ada.say('One'), await ada.say('Two'), await ada.say('Three')]
    for (const { id } of [one, two, three]) assert.ok((await bob.report(id)).ok)
    const reported = async () =>
      (await owner.get<Queue>('/v1/moderation/queue?show=reported')).data.map(({ id }) => id)
    assert.deepEqual(await reported(), [three.id, two.id, one.id])
    await owner.decide('resolve_reports', [one.id])
    await owner.decide('approve', [two.id])
    await owner.decide('refuse', [three.id])
    assert.deepEqual(await reported(), [])
    assert.equal((await reader(bench, site).thread()).count, 2)
  })

  test('what an author has deleted stays so', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const { id } = await ada.say('Hello')
    assert.ok((await ada.remove(id)).ok)
    for (const act of ['approve', 'hold', 'refuse'])
      assert.equal((await owner.ask('POST', '/v1/moderation/decisions', { comments: [id], act })).status, 409)
    assert.equal((await owner.decide('delete', [id])).acts.length, 0)
  })

  test('moderators do not decide on what owners and admins wrote', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [admin, moderator, other] = [
      await personOf(bench, site, 'admin', 'Anna'),
      await personOf(bench, site, 'moderator', 'Mona'),
      await personOf(bench, site, 'moderator', 'Olga'),
    ]
    const [byAdmin, byModerator, byGuest] = [
      await admin.say('By the admin'),
      await moderator.say('By a moderator'),
      await talker(bench, site, 'Gus').say('By a guest'),
    ]
    const refuse = (who: typeof admin, comments: string[]) =>
      who.ask('POST', '/v1/moderation/decisions', { comments, act: 'refuse' })
    assert.equal((await refuse(moderator, [byAdmin.id])).status, 403)
    assert.equal((await refuse(moderator, [byGuest.id, byAdmin.id])).status, 403)
    assert.equal((await reader(bench, site).thread()).count, 3)
    assert.equal((await refuse(other, [byModerator.id])).status, 200)
    assert.equal((await refuse(admin, [byAdmin.id])).status, 200)
    assert.deepEqual(
      (await admin.acts()).map(({ who }) => who),
      ['admin Anna', 'moderator Olga'],
    )
  })

  test('the same decision sent again under its key is one', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    await openToAll(bench, site)
    const { id } = await talker(bench, site).say('Hello')
    const send = async () => {
      const input = { comments: [id], act: 'refuse' }
      const answer = await owner.ask('POST', '/v1/moderation/decisions', input, { 'idempotency-key': 'once' })
      return (await answer.json()) as Moderated
    }
    assert.deepEqual(await send(), await send())
  })

  test('decisions at the same time on the same comments, in any order, come to one each', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [owner, ada] = [keyHolder(bench, site), talker(bench, site)]
    const ids: string[] = []
    for (let i = 0; i < 6; i++) ids.push((await ada.say(`Number ${i}`, i % 2 ? { url: SHOP } : {})).id)
    const orders = [ids, ids.toReversed(), ids.toSorted(() => -1), [...ids.slice(3), ...ids.slice(0, 3)]]
    const done = await Promise.all(orders.map((order) => owner.decide('refuse', order)))
    assert.equal(done.flatMap(({ acts }) => acts).length, ids.length)
    assert.deepEqual(
      await reader(bench, site)
        .thread()
        .then(({ count }) => count),
      0,
    )
  })
})
