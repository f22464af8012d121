import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setState } from '../../server/comments/set-state.ts'
import { type Bench, newSite, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { refusal } from '../support/somebody.ts'
import { openToAll, reader, talker } from '../support/talking.ts'

const makeStaff = ({ deps }: Bench, site: TestSite, person: string | undefined) =>
  deps.write(({ db }) =>
    db
      .updateTable('person')
      .set({ role: 'moderator', member_since: 1 })
      .where('site_id', '=', site.id)
      .where('id', '=', person as string)
      .execute(),
  )

onEveryDatabase('votes, reactions, reports', (bench) => {
  test('one vote a person, which they change and take back', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [ada, bob, eve] = [talker(bench, site), talker(bench, site, 'Bob'), talker(bench, site, 'Eve')]
    const { id } = await ada.say()
    const vote = async (who: typeof ada, value: number) => who.answered(await who.vote(id, value))
    assert.deepEqual(await vote(bob, 0), { ups: 0, downs: 0, value: 0 })
    assert.deepEqual(await vote(bob, 1), { ups: 1, downs: 0, value: 1 })
    assert.deepEqual(await vote(bob, 1), { ups: 1, downs: 0, value: 1 })
    assert.deepEqual(await vote(eve, -1), { ups: 1, downs: 1, value: -1 })
    assert.deepEqual(await vote(bob, -1), { ups: 0, downs: 2, value: -1 })
    assert.deepEqual((await bob.mine()).votes, { [id]: -1 })
    assert.deepEqual(await vote(bob, 0), { ups: 0, downs: 1, value: 0 })
    assert.deepEqual((await bob.mine()).votes, {})
    const [shown] = (await reader(bench, site).thread()).data
    assert.deepEqual([shown?.ups, shown?.downs], [0, 1])
    assert.deepEqual(await refusal(bob.vote(id, 2)), [422, 'value'])
    assert.equal((await ada.vote(id, 1)).status, 403, 'not on one’s own')
  })

  test('twenty at once are each counted', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const { id } = await talker(bench, site).say()
    const voters = Array.from({ length: 20 }, (_, i) => talker(bench, site, `V${i}`))
    const answers = await Promise.all(
      voters.flatMap((voter, i) => [voter.vote(id, i % 3 === 0 ? -1 : 1), voter.react(id, '👍')]),
    )
    assert.ok(answers.every(({ status }) => status === 200))
    const [shown] = (await reader(bench, site).thread()).data
    assert.deepEqual([shown?.ups, shown?.downs, shown?.reactions], [13, 7, [{ emoji: '👍', count: 20 }]])
  })

  test('a site may have votes up alone, or none', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { votes: 'up' })
    const [ada, bob] = [talker(bench, site), talker(bench, site, 'Bob')]
    const { id } = await ada.say()
    assert.deepEqual(await refusal(bob.vote(id, -1)), [422, 'value'])
    assert.equal((await bob.vote(id, 1)).status, 200)
    await openToAll(bench, site, { votes: 'none' })
    assert.equal((await bob.vote(id, 1)).status, 403)
  })

  test('reactions are those the owner offers; what is offered no longer can still be taken back', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { reactions: ['🍇', '🍷'] })
    const [ada, bob] = [talker(bench, site), talker(bench, site, 'Bob')]
    const { id } = await ada.say()
    assert.deepEqual(await refusal(bob.react(id, '👍')), [422, 'emoji'])
    await bob.react(id, '🍷')
    await ada.react(id, '🍷')
    const both = await bob.answered(await bob.react(id, '🍇'))
    assert.deepEqual(both, {
      reactions: [
        { emoji: '🍷', count: 2 },
        { emoji: '🍇', count: 1 },
      ],
      own: ['🍷', '🍇'],
    })
    assert.deepEqual((await bob.mine()).reactions, { [id]: ['🍷', '🍇'] })
    await openToAll(bench, site, { reactions: ['🍇'] })
    const left = await bob.answered(await bob.react(id, '🍷', false))
    assert.deepEqual(left, {
      reactions: [
        { emoji: '🍷', count: 1 },
        { emoji: '🍇', count: 1 },
      ],
      own: ['🍇'],
    })
    await bob.react(id, '🍇', false)
    await ada.react(id, '🍷', false)
    assert.deepEqual((await reader(bench, site).thread()).data[0]?.reactions, [])
  })

  test('so many different people report a comment, and it is held; its replies stand', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { reportsToHold: 3 })
    const ada = talker(bench, site)
    const { id } = await ada.say()
    const reply = await ada.say('A reply', { parent: id })
    const [bob, eve, joe] = ['Bob', 'Eve', 'Joe'].map((name) => talker(bench, site, name)) as [
      ReturnType<typeof talker>,
      ReturnType<typeof talker>,
      ReturnType<typeof talker>,
    ]
    assert.equal((await ada.report(id)).status, 403, 'not one’s own')
    assert.deepEqual(await refusal(bob.report(id, 'boring')), [422, 'reason'])
    for (let i = 0; i < 3; i++) assert.equal((await bob.report(id)).status, 201)
    await eve.report(id, 'abuse')
    assert.equal((await reader(bench, site).thread()).count, 2, 'two have')
    await joe.report(id, 'other')
    const { data, count } = await reader(bench, site).thread()
    assert.deepEqual(
      [count, data.map(({ id, state }) => [id, state])],
      [
        1,
        [
          [id, 'removed'],
          [reply.id, 'visible'],
        ],
      ],
    )
    const row = await bench.deps.read
      .selectFrom('comment')
      .select(['state', 'reasons', 'reports'])
      .where('site_id', '=', site.id)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    assert.deepEqual(
      [row.state, JSON.parse(row.reasons), row.reports],
      ['held', [{ reason: 'reported', detail: '3' }], 3],
    )
    assert.deepEqual(
      (await ada.mine()).own.map(({ id }) => id),
      [id],
    )
  })

  test('what those who run the site say is reported, and stays', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { reportsToHold: 1 })
    const ada = talker(bench, site)
    const { id, author } = await ada.say()
    await makeStaff(bench, site, author?.id)
    assert.equal((await talker(bench, site, 'Bob').report(id)).status, 201)
    assert.equal((await reader(bench, site).thread()).count, 1)
  })

  test('who may do what with a comment', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    await openToAll(bench, site)
    await openToAll(bench, other)
    const [author, person, staff] = [
      talker(bench, site, 'Author'),
      talker(bench, site, 'Person'),
      talker(bench, site, 'Staff'),
    ]
    await makeStaff(bench, site, (await staff.say('I run this')).author?.id)
    await person.say('I am somebody')
    const stranger = talker(bench, other, 'Stranger')
    const nobody = {
      ask: (...asked: Parameters<typeof author.ask>) =>
        author.ask(asked[0], asked[1], asked[2], { authorization: '' }),
    }
    const acts: Record<string, (id: string) => Parameters<typeof author.ask>> = {
      edit: (id) => ['PATCH', `/v1/comments/${id}`, { body: `Edited ${bench.clock.now}` }],
      source: (id) => ['GET', `/v1/comments/${id}/source`],
      vote: (id) => ['PUT', `/v1/comments/${id}/vote`, { value: 1 }],
      react: (id) => ['PUT', `/v1/comments/${id}/reactions`, { emoji: '👍', on: true }],
      report: (id) => ['POST', `/v1/comments/${id}/reports`, { reason: 'spam' }],
      accept: (id) => ['PUT', `/v1/comments/${id}/accepted`, { answer: null }],
      delete: (id) => ['DELETE', `/v1/comments/${id}`],
    }
    const expected = {
      //        author, person, staff, another site, nobody
      edit: [200, 403, 403, 404, 401],
      source: [200, 403, 200, 404, 401],
      vote: [403, 200, 200, 404, 401],
      react: [200, 200, 200, 404, 401],
      report: [403, 201, 201, 404, 401],
      accept: [200, 403, 200, 404, 401],
      delete: [200, 403, 403, 404, 401],
    }
    // What others do not see is not there for them.
    const hidden = {
      edit: [200, 404, 404, 404, 401],
      source: [200, 404, 200, 404, 401],
      vote: [404, 404, 404, 404, 401],
      react: [404, 404, 404, 404, 401],
      report: [404, 404, 404, 404, 401],
      accept: [404, 404, 404, 404, 401],
      delete: [200, 404, 404, 404, 401],
    }
    const found: Record<string, Record<string, number[]>> = { seen: {}, held: {} }
    for (const [act, asking] of Object.entries(acts))
      for (const state of ['seen', 'held']) {
        const statuses: number[] = []
        for (const who of [person, staff, stranger, nobody, author]) {
          bench.clock.now += 60_000
          const { id } = await author.say(`For ${act} ${state} ${bench.clock.now}`)
          if (state === 'held')
            await bench.deps.write((work) => setState(work, site.id, id, { state: 'held' }))
          statuses.push((await who.ask(...asking(id))).status)
        }
        ;(found[state] as Record<string, number[]>)[act] = [statuses[4] as number, ...statuses.slice(0, 4)]
      }
    assert.deepEqual(found, { seen: expected, held: hidden })
  })
})
