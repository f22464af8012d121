import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ModerationAct, Queue } from '../../server/contract/moderation.ts'
import { newSite, onEveryDatabase } from '../support/databases.ts'
import { fared, keyHolder, personOf, setLevel, trustedOf } from '../support/moderating.ts'
import { mintCode, somebody } from '../support/somebody.ts'
import { openToAll, reader, settingsOf, talker } from '../support/talking.ts'

onEveryDatabase('what trusted members may do', (bench) => {
  test('they hold what strikes them, until a moderator has seen it', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const trudy = await trustedOf(bench, site)
    const { thread } = reader(bench, site)
    const { id } = await talker(bench, site, 'Eve').say('Buy this')
    const hold = () => trudy.ask('POST', `/v1/comments/${id}/hold`, {})
    assert.equal((await hold()).status, 200)
    assert.equal((await hold()).status, 200)
    assert.equal((await thread()).count, 0)
    const [held] = (await owner.get<Queue>('/v1/moderation/queue')).data
    assert.deepEqual(held?.reasons, [{ reason: 'member_hold', detail: trudy.id }])
    assert.deepEqual(
      (await owner.acts()).map(({ act, who }) => [act, who]),
      [['member_hold', 'member Trudy']],
    )
    await owner.decide('approve', [id])
    assert.equal((await hold()).status, 409)
    assert.equal((await thread()).count, 1)
  })

  test('they answer for newcomers, who are known from then on', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    const trudy = await trustedOf(bench, site)
    const nell = talker(bench, site, 'Nell')
    const { id } = await nell.say('I am new')
    const answer = await trudy.ask('POST', `/v1/comments/${id}/vouch`, {})
    assert.equal(answer.status, 200)
    const { comment } = (await answer.json()) as { comment: { state: string } }
    assert.equal(comment.state, 'visible')
    assert.equal((await nell.say('And here again')).state, 'visible')
    const [, first] = (await owner.get<Queue>('/v1/moderation/queue?show=all')).data
    assert.deepEqual(
      first?.author.trust.reasons.find(({ reason }) => reason === 'vouched'),
      { reason: 'vouched', detail: trudy.id },
    )
    assert.deepEqual(await fared(bench, site, first?.author.id ?? ''), [2, 0])
    const [act] = (await owner.acts()) as [ModerationAct]
    assert.equal(act.act, 'vouch')
    assert.equal((await owner.undo(act.id)).status, 200)
    const after = (await owner.get<Queue>('/v1/moderation/queue?show=held')).data
    assert.deepEqual(
      after.map(({ id, author }) => [id, author.trust.reasons.some(({ reason }) => reason === 'vouched')]),
      [[id, false]],
    )
  })

  test('their word is not enough against a word list, a ban or a moderator, not even of newcomers', async () => {
    const site = await newSite(bench)
    await settingsOf(bench, site, {
      policy: 'first_held',
      proofOfWork: 'never',
      heldWords: ['pills'],
      perMinute: 100,
    })
    const owner = keyHolder(bench, site)
    const trudy = await trustedOf(bench, site)
    const vouch = async (id: string) => (await trudy.ask('POST', `/v1/comments/${id}/vouch`, {})).status
    const word = await talker(bench, site, 'Eve').say('I sell pills')
    assert.equal(await vouch(word.id), 403)

    const seen = await talker(bench, site, 'Sid').say('I am Sid')
    await owner.decide('refuse', [seen.id])
    assert.equal(await vouch(seen.id), 404)
    await owner.decide('hold', [seen.id])
    assert.equal(await vouch(seen.id), 403)

    const banned = await talker(bench, site, 'Ben').say('I am Ben')
    const [ben] = (await owner.get<Queue>('/v1/moderation/queue')).data
    await owner.done('POST', '/v1/moderation/bans', { kind: 'shadow', person: ben?.author.id })
    assert.equal(await vouch(banned.id), 403)

    assert.equal((await reader(bench, site).thread()).count, 0)
  })

  test('their word is not enough for those whom they brought, nor for those whom these brought', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { policy: 'links_held' })
    const [trudy, theo] = [await trustedOf(bench, site), await trustedOf(bench, site, 'Theo')]
    const { code } = await somebody(bench, site, trudy.token).share({ code: mintCode(site) })
    const near = talker(bench, site, 'Near')
    await somebody(bench, site, near.token).visit(code)
    const next = await somebody(bench, site, near.token).share({ code: mintCode(site) })
    const far = talker(bench, site, 'Far')
    await somebody(bench, site, far.token).visit(next.code)
    for (const [who, words] of [
      [near, 'Look at https://example.org'],
      [far, 'More of this can be read on https://other.example/of-mine'],
    ] as const) {
      const { id, state } = await who.say(words)
      assert.equal(state, 'held')
      assert.equal((await trudy.ask('POST', `/v1/comments/${id}/vouch`, {})).status, 403)
      assert.equal((await theo.ask('POST', `/v1/comments/${id}/vouch`, {})).status, 200)
    }
  })

  test('they decide neither on their own words nor on those of who run the site, and only while they are trusted', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [trudy, moderator] = [
      await trustedOf(bench, site),
      await personOf(bench, site, 'moderator', 'Mona'),
    ]
    const [own, staff, other] = [
      await trudy.say('By Trudy'),
      await moderator.say('By Mona'),
      await talker(bench, site, 'Gus').say('By Gus'),
    ]
    const hold = async (id: string) => (await trudy.ask('POST', `/v1/comments/${id}/hold`, {})).status
    assert.deepEqual([await hold(own.id), await hold(staff.id), await hold('nothing')], [403, 403, 404])
    await keyHolder(bench, site).done('POST', '/v1/moderation/bans', { kind: 'ban', person: trudy.id })
    assert.equal(await hold(other.id), 403)
    const [ban] = await keyHolder(bench, site).acts()
    assert.equal((await keyHolder(bench, site).undo(ban?.id ?? '')).status, 200)
    await setLevel(bench, site, trudy.id, 2)
    assert.equal(await hold(other.id), 403)
    await setLevel(bench, site, trudy.id, 3)
    assert.equal(await hold(other.id), 200)
  })
})
