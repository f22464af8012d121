import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Ban, Bans, ModerationAct, Queue } from '../../server/contract/moderation.ts'
import { newSite, onEveryDatabase } from '../support/databases.ts'
import { dashboardOf, keyHolder, personOf } from '../support/moderating.ts'
import { mintCode, refusal, somebody } from '../support/somebody.ts'
import { openToAll, reader, talker } from '../support/talking.ts'

const BANS = '/v1/moderation/bans'

onEveryDatabase('bans', (bench) => {
  test('of a person keep them from speaking until they are lifted', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const eve = talker(bench, site, 'Eve')
    await eve.say('Hello')
    const [first] = (await owner.get<Queue>('/v1/moderation/queue?show=all')).data
    const person = first?.author.id ?? ''
    const ban = await owner.done<Ban>('POST', BANS, { kind: 'ban', person, note: 'spam' })
    assert.deepEqual(
      [ban.person, ban.subtree, ban.until, ban.note, ban.active],
      [{ id: person, name: 'Eve' }, null, null, 'spam', true],
    )
    assert.equal((await eve.tell({ body: 'Again' })).status, 403)
    const [banned] = (await owner.get<Queue>('/v1/moderation/queue?show=all')).data
    assert.equal(banned?.author.banned, 'ban')
    const again = await owner.done<Ban>('POST', BANS, { kind: 'ban', person, note: 'twice' })
    assert.equal(again.id, ban.id)
    const lifted = await owner.done<Ban>('POST', `${BANS}/${ban.id}/lift`, {})
    assert.equal(lifted.active, false)
    await owner.done('POST', `${BANS}/${ban.id}/lift`, {})
    await eve.say('Here again')
    const acts = await owner.acts(`?subject=${person}`)
    assert.deepEqual(
      acts.map(({ act, subject }) => [act, subject.text]),
      [
        ['lift', 'Eve'],
        ['ban', 'Eve'],
      ],
    )
    assert.equal((await owner.undo(acts[0]?.id ?? '')).status, 200)
    assert.equal((await eve.tell({ body: 'And again' })).status, 403)
    assert.equal((await owner.undo(acts[1]?.id ?? '')).status, 200)
    await eve.say('Still here')
  })

  test('in the shadow let nobody but the author see what they say, until a moderator approves it', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const eve = await personOf(bench, site, 'member', 'Eve')
    await owner.done('POST', BANS, { kind: 'shadow', person: eve.id })
    const { id } = await eve.say('Hello')
    const { thread } = reader(bench, site)
    assert.equal((await thread()).count, 0)
    const [comment] = (await owner.get<Queue>('/v1/moderation/queue?show=all&reason=shadow')).data
    assert.deepEqual([comment?.id, comment?.shadow], [id, true])
    const [act] = (await owner.decide('approve', [id])).acts as [ModerationAct]
    assert.equal((await thread()).count, 1)
    assert.equal((await owner.undo(act.id)).status, 200)
    assert.equal((await thread()).count, 0)
  })

  test('end by themselves', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const eve = await personOf(bench, site, 'member', 'Eve')
    const until = new Date(bench.clock.now + 60_000).toISOString()
    const ban = await owner.done<Ban>('POST', BANS, { kind: 'ban', person: eve.id, until })
    assert.equal(ban.until, until)
    const listed = async (active: boolean) => (await owner.get<Bans>(`${BANS}?active=${active}`)).data.length
    assert.deepEqual([await listed(true), await listed(false)], [1, 0])
    bench.clock.now += 60_000
    assert.deepEqual([await listed(true), await listed(false)], [0, 1])
    await eve.say('Here again')
  })

  test('of a subtree say how many people they cover, and cover them', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const top = await somebody(bench, site).share({ code: mintCode(site) })
    const [bob, cyd, dan] = ['Bob', 'Cyd', 'Dan'].map((name) => talker(bench, site, name)) as [
      ReturnType<typeof talker>,
      ReturnType<typeof talker>,
      ReturnType<typeof talker>,
    ]
    await somebody(bench, site, bob.token).visit(top.code)
    const below = await somebody(bench, site, bob.token).share({ code: mintCode(site) })
    await somebody(bench, site, cyd.token).visit(below.code)
    await cyd.say('I am Cyd')
    await dan.say('I am Dan')
    const ban = await owner.done<Ban>('POST', BANS, { kind: 'ban', subtree: top.code })
    assert.deepEqual([ban.person, ban.subtree?.code, ban.subtree?.people], [null, top.code, 2])
    const other = await owner.done<Ban>('POST', BANS, { kind: 'shadow', subtree: below.code })
    assert.equal(other.subtree?.people, 1)
    assert.deepEqual(
      (await owner.get<Bans>(BANS)).data.map(({ id, subtree }) => [id, subtree?.people]),
      [
        [other.id, 1],
        [ban.id, 2],
      ],
    )
    assert.deepEqual([(await bob.tell()).status, (await cyd.tell()).status], [403, 403])
    await dan.say('Nothing of theirs')
  })

  test('are of nobody whose role is as high, nor of oneself', async () => {
    const site = await newSite(bench)
    const people = {
      owner: await personOf(bench, site, 'owner', 'Olga'),
      admin: await personOf(bench, site, 'admin', 'Anna'),
      moderator: await personOf(bench, site, 'moderator', 'Mona'),
      other: await personOf(bench, site, 'moderator', 'Mike'),
      member: await personOf(bench, site, 'member', 'Meg'),
    }
    const session = await dashboardOf(bench, site, 'admin', people.admin.id)
    const may: [{ ask: typeof session.ask }, keyof typeof people, number][] = [
      [people.moderator, 'member', 201],
      [people.moderator, 'moderator', 403],
      [people.moderator, 'other', 403],
      [people.moderator, 'admin', 403],
      [people.moderator, 'owner', 403],
      [people.admin, 'moderator', 201],
      [people.admin, 'admin', 403],
      [people.admin, 'owner', 403],
      [session, 'other', 201],
      [session, 'admin', 403],
      [people.owner, 'admin', 201],
      [people.owner, 'owner', 403],
      [keyHolder(bench, site), 'owner', 403],
      [keyHolder(bench, site), 'other', 201],
    ]
    for (const [who, whom, status] of may) {
      const answer = await who.ask('POST', BANS, { kind: 'ban', person: people[whom].id })
      assert.equal(answer.status, status, whom)
    }
  })

  test('name one person or subtree of this site, and a time ahead', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    const owner = keyHolder(bench, site)
    const [here, there] = [
      await personOf(bench, site, 'member', 'Here'),
      await personOf(bench, other, 'member', 'There'),
    ]
    const { code } = await somebody(bench, other).share({ code: mintCode(other) })
    const cases: [object, unknown[]][] = [
      [{ kind: 'ban' }, [422, 'person']],
      [{ kind: 'ban', person: here.id, subtree: mintCode(site) }, [422, 'person']],
      [{ kind: 'ban', person: there.id }, [404, 'person']],
      [{ kind: 'ban', person: 'nobody' }, [404, 'person']],
      [{ kind: 'ban', subtree: code }, [404, 'subtree']],
      [{ kind: 'ban', subtree: mintCode(site) }, [404, 'subtree']],
      [{ kind: 'ban', subtree: 'x' }, [422, 'subtree']],
      [{ kind: 'exile', person: here.id }, [422, 'kind']],
      [{ kind: 'ban', person: here.id, until: '2020-01-01T00:00:00Z' }, [422, 'until']],
      [{ kind: 'ban', person: here.id, until: 'tomorrow' }, [422, 'until']],
    ]
    for (const [ban, expected] of cases)
      assert.deepEqual(await refusal(owner.ask('POST', BANS, ban)), expected, JSON.stringify(ban))
    assert.equal((await owner.ask('POST', `${BANS}/nothing/lift`, {})).status, 404)
    const ban = await keyHolder(bench, other).done<Ban>('POST', BANS, { kind: 'ban', person: there.id })
    assert.equal((await owner.ask('POST', `${BANS}/${ban.id}/lift`, {})).status, 404)
    assert.deepEqual((await owner.get<Bans>(BANS)).data, [])
  })
})
