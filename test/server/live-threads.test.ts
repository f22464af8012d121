import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setState } from '../../server/comments/set-state.ts'
import type { ThreadNews } from '../../server/contract/comments.ts'
import { newSite, onEveryDatabase, serverOf } from '../support/databases.ts'
import { ARTICLE } from '../support/somebody.ts'
import { openToAll, reader, settingsOf, talker } from '../support/talking.ts'

/** Reads events off a stream, one at a time. */
function eventsOf(response: Response) {
  const stream = (response.body as ReadableStream<Uint8Array>)
    .pipeThrough(new TextDecoderStream())
    .getReader()
  let text = ''
  return {
    async next(): Promise<ThreadNews> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const event = text.slice(0, end)
          text = text.slice(end + 2)
          const data = /^event: thread\ndata: (.*)$/m.exec(event)?.[1]
          if (data) return JSON.parse(data) as ThreadNews
          continue
        }
        const { value, done } = await stream.read()
        if (done) throw new Error('The stream has ended')
        text += value
      }
    },
    close: () => stream.cancel(),
  }
}

onEveryDatabase('live threads', (bench) => {
  const path = `/v1/threads/live?url=${encodeURIComponent(ARTICLE)}`

  test('tell what is new and what has changed, and nothing of what others do not see', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [ada, bob] = [talker(bench, site), talker(bench, site, 'Bob')]
    await ada.say('Before')
    const response = await reader(bench, site).ask(path)
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
    const events = eventsOf(response)
    const first = await ada.say('Live')
    // What came before the stream may still be on its way.
    let news = await events.next()
    while (!news.fresh.includes(first.id)) news = await events.next()
    await bob.vote(first.id, 1)
    assert.deepEqual(await events.next(), { fresh: [], changed: [first.id] })
    await bench.deps.write((work) => setState(work, site.id, first.id, { shadow: true }))
    assert.deepEqual(await events.next(), { fresh: [], changed: [first.id] })
    await ada.edit(first.id, 'In the shadow')
    const held = await ada.say('Held')
    await bench.deps.write((work) => setState(work, site.id, held.id, { state: 'held' }))
    const last = await bob.say('After')
    const after = new Set<string>()
    while (!after.has(last.id)) for (const id of (await events.next()).fresh) after.add(id)
    assert.ok(!after.has(first.id))
    await events.close()
  })

  test('tell that what a moderator took down was taken back by its author, where replies stand below', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const { id } = await ada.say('Above')
    const reply = await talker(bench, site, 'Bob').say('Below', { parent: id })
    await bench.deps.write((work) => setState(work, site.id, id, { state: 'held' }))
    const events = eventsOf(await reader(bench, site).ask(path))
    const mark = await ada.say('Marks what is new')
    let news = await events.next()
    while (!news.fresh.includes(mark.id)) news = await events.next()
    await ada.remove(id)
    assert.deepEqual(await events.next(), { fresh: [], changed: [id] })
    const { data } = await reader(bench, site).thread('sort=oldest')
    assert.deepEqual(
      data.slice(0, 2).map((comment) => [comment.id, comment.state]),
      [
        [id, 'deleted'],
        [reply.id, 'visible'],
      ],
    )
    await events.close()
  })

  test('begin where nobody has spoken yet', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const events = eventsOf(await reader(bench, site).ask(path))
    const { id } = await talker(bench, site).say('The first')
    assert.deepEqual(await events.next(), { fresh: [id], changed: [] })
    const second = await talker(bench, site).say('The second')
    let news = await events.next()
    while (!news.fresh.includes(second.id)) news = await events.next()
    await events.close()
  })

  test('owners hear that something waits, was reported or was decided', async () => {
    const site = await newSite(bench)
    await settingsOf(bench, site, { policy: 'all_held', proofOfWork: 'never' })
    let heard = Promise.withResolvers<number>()
    const stop = bench.deps.live.listen(site.id, ({ comments }) => heard.resolve(comments))
    const hears = async (act: () => Promise<unknown>) => {
      heard = Promise.withResolvers()
      await act()
      assert.ok((await heard.promise) > 0)
    }
    const [ada, bob] = [talker(bench, site), talker(bench, site, 'Bob')]
    let id = ''
    await hears(async () => {
      id = (await ada.say('Let me in')).id
    })
    const decide = (act: string) =>
      serverOf(bench, site).post('/v1/moderation/decisions', { comments: [id], act })
    await hears(() => decide('approve'))
    await hears(() => bob.report(id))
    await hears(() => decide('refuse'))
    stop()
  })

  test('are for the site’s own pages', async () => {
    const site = await newSite(bench)
    const { ask } = reader(bench, site)
    assert.equal((await ask(path, { 'x-grapevine-site': '' })).status, 401)
    assert.equal((await ask(path, { origin: 'https://elsewhere.example' })).status, 403)
    assert.equal((await ask('/v1/threads/live?url=https%3A%2F%2Felsewhere.example')).status, 422)
  })
})
