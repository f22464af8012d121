import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Source, Thread } from '../../server/contract/comments.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'
import { newSite, newToken, ORIGIN, onEveryDatabase } from '../support/databases.ts'
import { ARTICLE, mintCode, refusal, somebody } from '../support/somebody.ts'
import { openToAll, reader, settingsOf, talker } from '../support/talking.ts'

const MINUTE = 60_000
const shape = ({ data }: Pick<Thread, 'data'>) => data.map(({ id, state }) => [id, state])

onEveryDatabase('what people say', (bench) => {
  test('is read in the very next moment, replies after what they answer', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [ada, bob, { thread }] = [talker(bench, site), talker(bench, site, 'Bob'), reader(bench, site)]
    assert.deepEqual((await thread()).data, [])
    const first = await ada.say('First')
    assert.deepEqual(
      (await thread()).data.map(({ id }) => id),
      [first.id],
    )
    const second = await ada.say('Second')
    const reply = await bob.say('A reply', { parent: first.id })
    const { data, count } = await thread('sort=oldest')
    assert.equal(count, 3)
    assert.deepEqual(
      data.map(({ id, parent, depth }) => [id, parent, depth]),
      [
        [first.id, null, 0],
        [reply.id, first.id, 1],
        [second.id, null, 0],
      ],
    )
    assert.deepEqual([data[0]?.replies, data[0]?.below, data[0]?.next], [1, 1, null])
    assert.equal(data[1]?.author?.name, 'Bob')
  })

  test('is said by somebody with a name: a guest gives it once', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const nameless = talker(bench, site, '')
    assert.deepEqual(await refusal(nameless.tell()), [422, 'name'])
    assert.deepEqual(await refusal(nameless.tell({ name: ' \u200b ' })), [422, 'name'])
    assert.deepEqual(await refusal(nameless.tell({ name: 'a\u202eb' })), [422, 'name'])
    const named = await nameless.say('Hello', { name: '  Grace ' })
    assert.equal(named.author?.name, 'Grace')
    assert.equal((await nameless.say('Again')).author?.name, 'Grace')
    assert.equal((await nameless.say('As another', { name: 'Hopper' })).author?.name, 'Hopper')
    const people = await bench.deps.read
      .selectFrom('person')
      .select('id')
      .where('site_id', '=', site.id)
      .execute()
    assert.equal(people.length, 1, 'who was refused was never born')
  })

  test('takes a token, on the site’s own pages', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const { tell, ask } = talker(bench, site)
    const body = { url: ARTICLE, body: 'Hello', name: 'Ada' }
    assert.equal((await ask('POST', '/v1/comments', body, { authorization: '' })).status, 401)
    const owner = { authorization: `Bearer ${site.secretKey}` }
    assert.equal((await ask('POST', '/v1/comments', body, owner)).status, 401)
    assert.deepEqual(await refusal(tell({ url: 'https://elsewhere.example/' })), [422, 'url'])
    const elsewhere = { origin: 'https://elsewhere.example' }
    assert.equal((await ask('POST', '/v1/comments', body, elsewhere)).status, 403)
  })

  for (const [what, comment, refused] of [
    ['nothing', { body: '' }, [422, 'body']],
    ['what nobody sees', { body: '\u200b\u2060 \ufeff' }, [422, 'body']],
    ['a tower of marks', { body: `Z${'\u0351'.repeat(40)}algo` }, [422, 'body']],
    ['said under a name of towers', { name: `Z${'\u0351'.repeat(40)}` }, [422, 'name']],
    ['more than 10,000 characters', { body: 'x'.repeat(10_001) }, [422, 'body']],
    ['NUL', { body: 'a\0b' }, [422, 'body']],
    ['an answer to nothing', { parent: 'nothing' }, [404, 'parent']],
    ['an answer to what is no id', { parent: '../x' }, [422, 'parent']],
    ['a field nobody knows', { admin: true }, [422, 'admin']],
    ['a passage of nothing', { anchor: { exact: '' } }, [422, 'anchor.exact']],
  ] as const)
    test(`is refused where it is ${what}, and the field is named`, async () => {
      const site = await newSite(bench)
      await openToAll(bench, site)
      assert.deepEqual(await refusal(talker(bench, site).tell(comment as object)), refused)
    })

  test('may turn the direction of writing around; the text is kept as it is', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const body = 'left \u202eright\u202c <b>x</b> &amp; 👩‍👩‍👧‍👦'
    const { id } = await ada.say(body)
    const source = await ada.answered<Source>(await ada.ask('GET', `/v1/comments/${id}/source`))
    assert.deepEqual(source, { body, edits: [] })
  })

  test('keeps every naughty string that keeps the rules, in body and name, and answers the others with 4xx', {
    skip: withoutCorpora,
  }, async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const strings = JSON.parse(corpusText('text/blns.json')) as string[]
    let kept = 0
    for (const text of strings) {
      bench.clock.now += MINUTE
      const someone = talker(bench, site, undefined)
      const response = await someone.tell({ body: text, url: `${ORIGIN}/naughty`, name: 'Ada' })
      if (response.status === 201) {
        const { comment } = (await response.json()) as { comment: { id: string } }
        const source = await someone.answered<Source>(
          await someone.ask('GET', `/v1/comments/${comment.id}/source`),
        )
        assert.equal(source.body, text.normalize('NFC'))
        kept++
      } else assert.deepEqual(await refusal(response), [422, 'body'], JSON.stringify(text))
      const named = await talker(bench, site).tell({
        name: text,
        body: `I am ${kept}`,
        url: `${ORIGIN}/names`,
      })
      if (named.status === 201) {
        const { comment } = (await named.json()) as { comment: { author: { name: string } } }
        assert.equal(comment.author.name, text.normalize('NFC').trim())
      } else assert.ok([409, 422].includes(named.status), `${named.status} ${JSON.stringify(text)}`)
    }
    assert.ok(kept > 400, String(kept))
    await reader(bench, site).thread('', `${ORIGIN}/naughty`)
  })

  test('belongs to whom a share brought', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const { code } = await somebody(bench, site).share({ code: mintCode(site) })
    const seen = somebody(bench, site)
    await seen.visit(code)
    await talker(bench, site, 'Seen', seen.token).say()
    await talker(bench, site, 'Claims').say('By a code', { arrival: code })
    await talker(bench, site, 'Alone').say('By nobody', { arrival: mintCode(site) })
    const born = await bench.deps.read
      .selectFrom('person')
      .leftJoin('share', (join) =>
        join.onRef('share.site_id', '=', 'person.site_id').onRef('share.id', '=', 'person.brought_by'),
      )
      .select(['person.name', 'share.code'])
      .where('person.site_id', '=', site.id)
      .where('person.name', 'is not', null)
      .orderBy('person.id')
      .execute()
    assert.deepEqual(
      born.map(({ name, code }) => [name, code]),
      [
        ['Seen', code],
        ['Claims', code],
        ['Alone', null],
      ],
    )
  })

  test('is said once a key; another text under it is refused', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const { ask } = talker(bench, site)
    const comment = (body: string) =>
      ask('POST', '/v1/comments', { url: ARTICLE, name: 'Ada', body }, { 'idempotency-key': 'one' })
    const answers = await Promise.all([1, 2, 3].map(() => comment('Once')))
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201],
    )
    assert.equal(new Set(bodies).size, 1)
    assert.equal((await reader(bench, site).thread()).count, 1)
    assert.deepEqual(await refusal(comment('Twice')), [422, 'Idempotency-Key'])
  })

  test('is seen by its author alone while it is held', async () => {
    const site = await newSite(bench)
    await settingsOf(bench, site, { policy: 'all_held', proofOfWork: 'never' })
    const [ada, bob, { thread, ask }] = [talker(bench, site), talker(bench, site, 'Bob'), reader(bench, site)]
    const held = await ada.say('Wait')
    assert.equal(held.state, 'held')
    assert.deepEqual([(await thread()).count, (await thread()).data], [0, []])
    assert.deepEqual(
      (await ada.mine()).own.map(({ id, state }) => [id, state]),
      [[held.id, 'held']],
    )
    assert.deepEqual((await bob.mine()).own, [])
    for (const path of ['replies', 'context'])
      assert.equal((await ask(`/v1/comments/${held.id}/${path}`)).status, 404)
    assert.equal((await bob.vote(held.id, 1)).status, 404)
    assert.equal((await bob.edit(held.id, 'Mine')).status, 404)
    assert.deepEqual(await refusal(bob.tell({ parent: held.id })), [404, 'parent'])
  })

  test('can be changed for some minutes, and what it said before is kept for its author', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { editMinutes: 5 })
    const ada = talker(bench, site)
    const { id } = await ada.say('Frist')
    const edited = await ada.edit(id, 'First')
    assert.equal(edited.status, 200, await edited.clone().text())
    assert.equal((await ada.edit(id, 'First')).status, 200)
    const [shown] = (await reader(bench, site).thread()).data
    assert.deepEqual([shown?.body, shown?.editedAt !== null], [[{ t: 'p', c: ['First'] }], true])
    const source = await ada.answered<Source>(await ada.ask('GET', `/v1/comments/${id}/source`))
    assert.deepEqual([source.body, source.edits.map(({ body }) => body)], ['First', ['Frist']])
    bench.clock.now += 6 * MINUTE
    assert.equal((await ada.edit(id, 'Late')).status, 403)
    assert.deepEqual(await refusal(ada.edit(id, ' ')), [422, 'body'])
  })

  test('is taken back: replies stand under a tombstone, and nothing is left without any', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [ada, bob, { thread }] = [talker(bench, site), talker(bench, site, 'Bob'), reader(bench, site)]
    const first = await ada.say('My secret')
    const reply = await bob.say('A reply', { parent: first.id })
    const deep = await ada.say('Deep', { parent: reply.id })
    assert.equal((await ada.remove(first.id)).status, 200)
    const { data, count } = await thread()
    assert.equal(count, 2)
    assert.deepEqual(shape({ data }), [
      [first.id, 'deleted'],
      [reply.id, 'visible'],
      [deep.id, 'visible'],
    ])
    assert.deepEqual([data[0]?.author, data[0]?.body, data[0]?.below], [null, [], 2])
    assert.ok(!JSON.stringify(data).includes('secret'))
    assert.equal((await ada.remove(first.id)).status, 200, 'twice is once')
    assert.equal((await ada.edit(first.id, 'Back')).status, 409)
    assert.deepEqual(await refusal(bob.tell({ parent: first.id })), [409, 'parent'])
    await bob.remove(reply.id)
    await ada.remove(deep.id)
    assert.deepEqual([(await thread()).data, (await thread()).count], [[], 0])
  })

  test('calls people of the thread by name, who are offered while one types', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [ada, bob] = [talker(bench, site, 'Ada Lovelace'), talker(bench, site, 'Bob')]
    const { author } = await ada.say('Hello')
    const { id, body } = await bob.say('@Ada Lovelace and @Nobody')
    assert.deepEqual(body, [
      { t: 'p', c: [{ t: 'mention', id: author?.id, name: 'Ada Lovelace' }, ' and @Nobody'] },
    ])
    const called = await bench.deps.read
      .selectFrom('comment_mention')
      .select(['comment_id', 'person_id'])
      .where('site_id', '=', site.id)
      .execute()
    assert.deepEqual(
      called.map(({ comment_id, person_id }) => [comment_id, person_id]),
      [[id, author?.id]],
    )
    const offered = async (q: string) =>
      (
        await reader(bench, site).get<{ data: { name: string }[] }>(
          `/v1/mentions?url=${encodeURIComponent(ARTICLE)}&q=${q}`,
        )
      ).data.map(({ name }) => name)
    assert.deepEqual(await offered(''), ['Bob', 'Ada Lovelace'])
    assert.deepEqual(await offered('love'), ['Ada Lovelace'])
    assert.deepEqual(await offered('x'), [])
  })

  test('is shown as it would be before it is posted', async () => {
    const site = await newSite(bench)
    const { ask, answered } = talker(bench, site)
    const preview = await answered(await ask('POST', '/v1/comments/preview', { body: 'a **b** <i>' }))
    assert.deepEqual(preview, { body: [{ t: 'p', c: ['a ', { t: 'strong', c: ['b'] }, ' <i>'] }] })
  })

  test('is told to those who wait for it once, when others see it first', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const { id } = await talker(bench, site).say()
    const told = await bench.deps.read
      .selectFrom('outbox')
      .select('body')
      .where('site_id', '=', site.id)
      .where('topic', '=', 'comment-posted')
      .execute()
    assert.deepEqual(
      told.map(({ body }) => JSON.parse(body)),
      [{ comment: id }],
    )
    await bench.settle()
  })

  test('of one site is nothing on another', async () => {
    const [here, there] = [await newSite(bench), await newSite(bench)]
    await openToAll(bench, here)
    await openToAll(bench, there)
    const token = newToken()
    const { id } = await talker(bench, here, 'Ada', token).say()
    const ada = talker(bench, there, 'Ada', token)
    await ada.say('Born there, too')
    const unknown = await reader(bench, there).ask('/v1/comments/nothing/context')
    const answers = await Promise.all([
      reader(bench, there).ask(`/v1/comments/${id}/context`),
      reader(bench, there).ask(`/v1/comments/${id}/replies`),
      ada.edit(id, 'Mine'),
      ada.remove(id),
      ada.vote(id, 1),
      ada.react(id, '👍'),
      ada.report(id),
      ada.ask('PUT', `/v1/comments/${id}/accepted`, { answer: null }),
      ada.ask('GET', `/v1/comments/${id}/source`),
    ])
    const { error } = (await unknown.json()) as { error: { message: string } }
    for (const answer of answers) {
      assert.equal(answer.status, 404, answer.url)
      assert.equal(
        ((await answer.json()) as typeof unknown & { error: { message: string } }).error.message,
        error.message,
      )
    }
    assert.deepEqual((await reader(bench, there).get<{ data: unknown[] }>(`/v1/comments?id=${id}`)).data, [])
    assert.deepEqual(await refusal(ada.tell({ parent: id })), [404, 'parent'])
  })
})
