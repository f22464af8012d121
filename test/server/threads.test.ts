import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeThread, type ThreadSetting } from '../../server/comments/change-thread.ts'
import { setPinned, setStatus } from '../../server/comments/set-marks.ts'
import { setState } from '../../server/comments/set-state.ts'
import type { Comment, Context, Level, Thread } from '../../server/contract/comments.ts'
import { type Bench, newSite, ORIGIN, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { ARTICLE, refusal } from '../support/somebody.ts'
import { openToAll, reader, settingsOf, talker } from '../support/talking.ts'

const DAY = 86_400_000
const ids = ({ data }: { data: readonly Comment[] }) => data.map(({ id }) => id)

/** Sets how the thread of the article is, as a moderator does. */
async function setThread({ deps }: Bench, site: TestSite, setting: ThreadSetting): Promise<void> {
  const page = await deps.read
    .selectFrom('page')
    .select('id')
    .where('site_id', '=', site.id)
    .where('url', '=', ARTICLE)
    .executeTakeFirstOrThrow()
  await deps.write((work) => changeThread(work, site.id, page.id, setting))
}

const makeStaff = ({ deps }: Bench, site: TestSite, person: string) =>
  deps.write(({ db }) =>
    db
      .updateTable('person')
      .set({ role: 'moderator', member_since: 1 })
      .where('site_id', '=', site.id)
      .where('id', '=', person)
      .execute(),
  )

/** A comment that is not the same as any before. */
let said = 0
const saying = () => `This is no. ${++said}`

onEveryDatabase('threads', (bench) => {
  test('page at the top by every order, each comment once', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [ada, voter, { thread }] = [talker(bench, site), talker(bench, site, 'Bob'), reader(bench, site)]
    const posted: string[] = []
    for (let i = 0; i < 7; i++) posted.push((await ada.say(saying())).id)
    for (const id of [posted[2], posted[5]]) await voter.vote(id as string, 1)
    await voter.vote(posted[0] as string, -1)
    const [a, b, c, d, e, f, g] = posted
    for (const [sort, expected] of [
      ['oldest', posted],
      ['newest', posted.toReversed()],
      ['best', [f, c, g, e, d, b, a]],
    ] as const) {
      const seen: string[] = []
      let next: string | null = ''
      for (let pages = 0; next !== null; pages++) {
        const part: Thread = await thread(`sort=${sort}&limit=3${next && `&cursor=${next}`}`)
        assert.ok(pages < 3 && part.data.length <= 3 && part.sort === sort)
        seen.push(...ids(part))
        next = part.next
      }
      assert.deepEqual(seen, expected, sort)
    }
  })

  test('bring first replies along, and go on at every level', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const { thread, get } = reader(bench, site)
    const top = await ada.say(saying())
    const replies: string[] = []
    for (let i = 0; i < 8; i++) replies.push((await ada.say(saying(), { parent: top.id })).id)
    const under = await ada.say(saying(), { parent: replies[1] as string })
    const first = await thread()
    assert.deepEqual(ids(first), [top.id, replies[0], replies[1], under.id, replies[2]])
    assert.deepEqual([first.data[0]?.replies, first.data[0]?.below], [8, 9])
    let next = first.data[0]?.next ?? null
    const rest: string[] = []
    while (next !== null) {
      const level: Level = await get(`/v1/comments/${top.id}/replies?limit=2&cursor=${next}`)
      rest.push(...ids(level))
      next = level.next
    }
    assert.deepEqual(rest, replies.slice(3))
    const newest: Level = await get(`/v1/comments/${top.id}/replies?sort=newest&limit=2`)
    assert.deepEqual(ids(newest), [replies[7], replies[6]])
    const again: Level = await get(`/v1/comments/${top.id}/replies?limit=1&cursor=${newest.next}`)
    assert.deepEqual(ids(again), [replies[5]])
  })

  test('refuse a cursor of another order, or of no list', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    for (let i = 0; i < 2; i++) await ada.say(saying())
    const { thread, ask } = reader(bench, site)
    const { next } = await thread('sort=newest&limit=1')
    const url = `/v1/threads?url=${encodeURIComponent(ARTICLE)}`
    for (const query of [
      `sort=best&cursor=${next}`,
      'cursor=x',
      `cursor=${Buffer.from('[9,0,"x"]').toString('base64url')}`,
      `cursor=${Buffer.from('["oldest",0,"x"]').toString('base64url')}`,
    ])
      assert.deepEqual(await refusal(ask(`${url}&${query}`)), [422, 'cursor'], query)
    for (const [query, field] of [
      ['limit=0', 'limit'],
      ['limit=51', 'limit'],
      ['sort=worst', 'sort'],
    ] as const)
      assert.deepEqual(await refusal(ask(`${url}&${query}`)), [422, field])
  })

  test('go down a long chain a few levels at a time, and open any comment of it by its permalink', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const { thread, get } = reader(bench, site)
    const chain = [(await ada.say(saying())).id]
    for (let i = 1; i < 15; i++) chain.push((await ada.say(saying(), { parent: chain.at(-1) as string })).id)
    const first = await thread()
    assert.deepEqual(ids(first), chain.slice(0, 5))
    assert.equal(first.data[0]?.below, 14)
    const deeper: Level = await get(`/v1/comments/${chain[4]}/replies?cursor=${first.data[4]?.next}`)
    assert.deepEqual(ids(deeper), chain.slice(5, 10))
    const context: Context = await get(`/v1/comments/${chain[12]}/context`)
    assert.deepEqual(ids(context), chain.slice(2))
    assert.deepEqual([context.earlier, context.url, context.next], [true, ARTICLE, null])
    const near: Context = await get(`/v1/comments/${chain[3]}/context`)
    assert.deepEqual([near.earlier, ids(near).slice(0, 4)], [false, chain.slice(0, 4)])
  })

  test('answer comments by their ids in the order asked, without those that are gone', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const [a, b] = [await ada.say(saying()), await ada.say(saying())]
    await ada.remove(b.id)
    const { get, ask } = reader(bench, site)
    const found = await get<Level>(`/v1/comments?id=nothing&id=${b.id}&id=${a.id}&id=${a.id}`)
    assert.deepEqual(ids(found), [a.id])
    assert.deepEqual(ids(await get<Level>(`/v1/comments?id=${a.id}`)), [a.id])
    await ada.edit(a.id, 'Edited')
    const [edited] = (await get<Level>(`/v1/comments?id=${a.id}`)).data
    assert.ok(edited?.editedAt, 'read as it is now')
    const many = Array.from({ length: 101 }, (_, i) => `id=x${i}`).join('&')
    assert.deepEqual(await refusal(ask(`/v1/comments?${many}`)), [422, 'id'])
  })

  test('pin what matters above all else, once', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const posted: string[] = []
    for (let i = 0; i < 4; i++) posted.push((await ada.say(saying())).id)
    const [a, b, c, d] = posted as [string, string, string, string]
    await bench.deps.write((work) => setPinned(work, site.id, b, true))
    const { thread } = reader(bench, site)
    const first = await thread('sort=oldest&limit=2')
    assert.deepEqual(ids(first), [b, a, c])
    assert.equal(first.data[0]?.pinned, true)
    assert.deepEqual(ids(await thread(`sort=oldest&limit=2&cursor=${first.next}`)), [d])
    await bench.deps.write((work) => setState(work, site.id, b, { state: 'held' }))
    assert.deepEqual(ids(await thread('sort=oldest')), [a, c, d])
    await bench.deps.write((work) => setState(work, site.id, b, { state: 'visible' }))
    assert.deepEqual(ids(await thread('sort=oldest')), posted)
  })

  test('of questions show the accepted answer first, which who asked or a moderator picks', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { mode: 'questions' })
    const [ada, bob, staff] = [talker(bench, site), talker(bench, site, 'Bob'), talker(bench, site, 'Staff')]
    const question = await ada.say('Why?')
    const answers: string[] = []
    for (let i = 0; i < 5; i++) answers.push((await bob.say(saying(), { parent: question.id })).id)
    const accept = (who: typeof ada, answer: string | null) =>
      who.ask('PUT', `/v1/comments/${question.id}/accepted`, { answer })
    assert.equal((await accept(bob, answers[4] as string)).status, 403)
    assert.deepEqual(await refusal(accept(ada, question.id)), [404, 'answer'])
    assert.equal((await accept(ada, answers[4] as string)).status, 200)
    const { thread, get } = reader(bench, site)
    const { data } = await thread()
    assert.deepEqual(ids({ data }), [question.id, answers[4], answers[0], answers[1]])
    assert.equal(data[0]?.accepted, answers[4])
    const rest: Level = await get(`/v1/comments/${question.id}/replies?cursor=${data[0]?.next}`)
    assert.deepEqual(ids(rest), [answers[2], answers[3]])
    const whole: Level = await get(`/v1/comments/${question.id}/replies?sort=newest`)
    assert.deepEqual(ids(whole), [answers[4], answers[3], answers[2], answers[1], answers[0]])
    await makeStaff(bench, site, (await staff.say(saying())).author?.id as string)
    assert.equal((await accept(staff, answers[0] as string)).status, 200)
    await bob.remove(answers[0] as string)
    assert.equal((await thread()).data.find(({ id }) => id === question.id)?.accepted, null)
  })

  test('of ideas stand by votes, with a word of what becomes of them', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const [a, b] = [(await ada.say(saying())).id, (await ada.say(saying())).id]
    const people = Array.from({ length: 8 }, (_, i) => talker(bench, site, `P${i}`))
    // Three are for b and nobody against; of eight, six are for a: a smaller share, but more people.
    await (people[0] as typeof ada).vote(b, 1)
    await (people[1] as typeof ada).vote(b, 1)
    await (people[2] as typeof ada).vote(b, 1)
    for (const [index, person] of people.entries()) await person.vote(a, index < 6 ? 1 : -1)
    const { thread } = reader(bench, site)
    assert.deepEqual(ids(await thread()), [b, a])
    await setThread(bench, site, { mode: 'ideas' })
    assert.deepEqual(ids(await thread()), [a, b])
    await (people[7] as typeof ada).vote(a, 0)
    await bench.deps.write((work) => setStatus(work, site.id, a, { status: 'declined', note: 'Too dear' }))
    const [first] = (await thread()).data
    assert.deepEqual(first?.status, { status: 'declined', note: 'Too dear' })
    await (people[7] as typeof ada).vote(a, -1)
    await setThread(bench, site, { mode: 'discussion' })
    assert.deepEqual(ids(await thread()), [b, a])
  })

  test('that are locked take nothing new, those to be read only change no more, closed ones are over', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { editMinutes: -1 })
    const [ada, bob, { thread }] = [talker(bench, site), talker(bench, site, 'Bob'), reader(bench, site)]
    const { id, author } = await ada.say(saying())
    await setThread(bench, site, { state: 'locked' })
    assert.equal((await thread()).state, 'locked')
    assert.equal((await bob.tell({ body: saying() })).status, 403)
    assert.equal((await bob.vote(id, 1)).status, 200)
    assert.equal((await ada.edit(id, saying())).status, 200)
    await setThread(bench, site, { state: 'read_only' })
    for (const refused of [
      bob.tell({ body: saying() }),
      bob.vote(id, 0),
      bob.react(id, '👍'),
      ada.edit(id, saying()),
    ])
      assert.equal((await refused).status, 403)
    await setThread(bench, site, { state: 'open', closesAt: bench.clock.now + DAY })
    await bob.say(saying())
    bench.clock.now += 2 * DAY
    assert.equal((await thread()).state, 'closed')
    assert.equal((await bob.tell({ body: saying() })).status, 403)
    await makeStaff(bench, site, author?.id as string)
    assert.equal((await ada.tell({ body: saying() })).status, 201, 'those who run the site still speak')
  })

  test('close some days after the first comment', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { closeAfterDays: 2 })
    const ada = talker(bench, site)
    assert.equal((await reader(bench, site).thread()).closesAt, null)
    await ada.say(saying())
    bench.clock.now += DAY
    await ada.say(saying())
    bench.clock.now += DAY
    const { state, closesAt } = await reader(bench, site).thread()
    assert.equal(state, 'closed')
    assert.ok(closesAt && Date.parse(closesAt) < bench.clock.now)
    assert.equal((await ada.tell({ body: saying() })).status, 403)
  })

  test('say how one takes part in them', async () => {
    const site = await newSite(bench)
    const offered = { reactions: ['🍇'], votes: 'up', editMinutes: 3, annotations: false }
    await settingsOf(bench, site, { ...offered, sort: 'newest', guests: false })
    const thread = await reader(bench, site).thread()
    assert.deepEqual([thread.offered, thread.sort, thread.ways.guests], [offered, 'newest', false])
  })

  test('are sent once: whoever has them already is told so', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    await ada.say(saying())
    const { ask } = reader(bench, site)
    const path = `/v1/threads?url=${encodeURIComponent(ARTICLE)}`
    const first = await ask(path)
    const etag = first.headers.get('etag') as string
    for (let i = 0; i < 2; i++) {
      const again = await ask(path, { 'if-none-match': etag })
      assert.deepEqual([again.status, await again.text()], [304, ''])
      bench.clock.now += 10_000
    }
    const { id } = await ada.say(saying())
    const changed = await ask(path, { 'if-none-match': etag })
    assert.equal(changed.status, 200)
    assert.ok((await changed.text()).includes(id))
  })

  test('are never read as they were before what was acknowledged, however many read meanwhile', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const { thread } = reader(bench, site)
    let reading = true
    const crowd = Array.from({ length: 8 }, async () => {
      // What is ready is answered without a turn of the event loop: others have theirs.
      while (reading) await thread().then(() => new Promise(setImmediate))
    })
    for (let i = 1; i <= 15; i++) {
      const { id } = await ada.say(saying())
      const { data, count } = await thread('sort=newest')
      assert.deepEqual([data[0]?.id, count], [id, i])
      assert.equal((await thread()).count, i)
    }
    reading = false
    await Promise.all(crowd)
  })

  test('of many pages are counted in one call, in the order asked', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    await ada.say(saying())
    await ada.say(saying(), { url: `${ORIGIN}/other?utm_source=x` })
    await ada.say(saying(), { url: `${ORIGIN}/other#part` })
    await ada.ask('POST', '/v1/shares', { url: ARTICLE, channel: 'copy' })
    const pages = ['/other/', '/nothing', '/article', '/other'].map((path) => ({ url: ORIGIN + path }))
    const { data } = await ada.answered<{ data: unknown[] }>(await ada.ask('POST', '/v1/counts', { pages }))
    assert.deepEqual(data, [
      { shares: 0, comments: 2 },
      { shares: 0, comments: 0 },
      { shares: 1, comments: 1 },
      { shares: 0, comments: 2 },
    ])
    const one = await reader(bench, site).get(`/v1/counts?url=${encodeURIComponent(ARTICLE)}`)
    assert.deepEqual(one, { shares: 1, comments: 1 })
    const wrong = [...pages, { url: 'https://elsewhere.example/' }]
    assert.deepEqual(await refusal(ada.ask('POST', '/v1/counts', { pages: wrong })), [422, 'pages[4].url'])
  })
})
