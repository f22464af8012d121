import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Annotation, AnnotationPage } from '../../server/contract/annotations.ts'
import { corpusFiles, corpusText, withoutCorpora } from '../support/corpora.ts'
import { BROWSER, newSite, newToken, ORIGIN, onEveryDatabase } from '../support/databases.ts'
import { refusal } from '../support/somebody.ts'
import { openToAll, reader, settingsOf, talker } from '../support/talking.ts'

const CONTEXT = 'http://www.w3.org/ns/anno.jsonld'
const LD = `application/ld+json; profile="${CONTEXT}"`
const PAGE = `${ORIGIN}/article`
const quote = { type: 'TextQuoteSelector', exact: 'the vine', prefix: 'through ', suffix: ' they say' }
const position = { type: 'TextPositionSelector', start: 10, end: 18 }
const annotation = (more: object = {}) => ({
  '@context': CONTEXT,
  type: 'Annotation',
  creator: { type: 'Person', name: 'Ann' },
  body: { type: 'TextualBody', value: 'So *true*', format: 'text/markdown' },
  target: { source: PAGE, selector: [quote, position] },
  ...more,
})

onEveryDatabase('annotations', (bench) => {
  const open = async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const post = (body: unknown, type = LD, token = newToken()) =>
      bench.request('/v1/annotations', {
        method: 'POST',
        headers: {
          ...{ 'content-type': type, 'user-agent': BROWSER, 'x-grapevine-site': site.publishableKey },
          authorization: `Bearer ${token}`,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    const list = async (more = '') => {
      const path = `/v1/annotations?url=${encodeURIComponent(PAGE)}&site=${site.publishableKey}${more}`
      const response = await bench.request(path)
      assert.equal(response.status, 200, await response.clone().text())
      assert.equal(response.headers.get('content-type'), LD)
      return (await response.json()) as AnnotationPage
    }
    return { site, post, list }
  }

  test('an annotation is a comment on a passage, and is had again as it was, by its own address', async () => {
    const { site, post, list } = await open()
    const response = await post(annotation())
    assert.equal(response.status, 201)
    assert.equal(response.headers.get('content-type'), LD)
    const made = (await response.json()) as Annotation
    assert.equal(response.headers.get('location'), made.id)
    assert.deepEqual(
      { motivation: made.motivation, body: made.body, target: made.target },
      {
        motivation: 'commenting',
        body: { type: 'TextualBody', value: 'So *true*', format: 'text/markdown' },
        target: { type: 'SpecificResource', source: PAGE, selector: [quote, position] },
      },
    )
    assert.equal((made.creator as { name: string }).name, 'Ann')
    const again = await bench.request((made.id ?? '').replace('https://grapevine.test', ''))
    assert.deepEqual(await again.json(), made)
    const page = await list()
    assert.deepEqual(page.items, [made])
    assert.deepEqual(
      { total: page.partOf.total, start: page.startIndex, next: page.next },
      { total: 1, start: 0, next: undefined },
    )
    const { data } = await reader(bench, site).thread('', PAGE)
    assert.deepEqual(data[0]?.anchor, {
      exact: 'the vine',
      prefix: 'through ',
      suffix: ' they say',
      start: 10,
      end: 18,
    })
    assert.deepEqual(data[0]?.body, [{ t: 'p', c: ['So ', { t: 'em', c: ['true'] }] }])
  })

  test('a comment on a passage is an annotation; one without, a held one and a deleted one are none of the page', async () => {
    const { site, list } = await open()
    const ada = talker(bench, site)
    const anchor = { exact: 'words', prefix: '', suffix: '' }
    const here = await ada.say('here', { url: PAGE, anchor })
    const whole = await ada.say('of the whole', { url: PAGE })
    const reply = await ada.say('a reply', { url: PAGE, parent: here.id })
    const gone = await ada.say('gone', { url: PAGE, anchor })
    await ada.remove(gone.id)
    await settingsOf(bench, site, { policy: 'all_held' })
    await talker(bench, site, 'Bob').tell({ url: PAGE, body: 'held', anchor })
    const { items } = await list()
    assert.deepEqual(
      items.map(({ body }) => (body as { value: string }).value),
      ['here'],
    )
    const [one] = items as { target: { selector: object[] } }[]
    assert.deepEqual(one?.target.selector, [{ type: 'TextQuoteSelector', exact: 'words' }])
    const read = async (id: string) => {
      const response = await bench.request(`/v1/annotations/${id}?site=${site.publishableKey}`)
      return response.ok ? ((await response.json()) as Annotation) : response.status
    }
    assert.equal(((await read(whole.id)) as Annotation).target, PAGE)
    const answer = (await read(reply.id)) as Annotation
    assert.deepEqual([answer.motivation, answer.target], ['replying', items[0]?.id])
    assert.equal(await read(gone.id), 404)
    assert.equal(await read('nobody'), 404)
    const other = await newSite(bench)
    assert.equal((await bench.request(`/v1/annotations/${here.id}?site=${other.publishableKey}`)).status, 404)
  })

  test('what waits for a moderator is taken, and said to be no more than that', async () => {
    const { site, post, list } = await open()
    await settingsOf(bench, site, { policy: 'all_held' })
    assert.equal((await post(annotation())).status, 202)
    assert.deepEqual((await list()).items, [])
  })

  test('many come a hundred at a time', async () => {
    const { site, list } = await open()
    const first = await talker(bench, site).say('0', {
      url: PAGE,
      anchor: { exact: 'x', prefix: '', suffix: '' },
    })
    await bench.deps.write(async ({ db, newId }) => {
      const row = await db
        .selectFrom('comment')
        .selectAll()
        .where('id', '=', first.id)
        .executeTakeFirstOrThrow()
      for (let n = 1; n < 205; n++) {
        const id = newId()
        await db
          .insertInto('comment')
          .values({ ...row, id, root_id: id, body: `${n}` })
          .execute()
      }
    })
    const seen: string[] = []
    for (const [number, size] of [
      [0, 100],
      [1, 100],
      [2, 5],
      [3, 0],
    ] as const) {
      const { items, next, partOf } = await list(`&page=${number}`)
      assert.equal(items.length, size)
      assert.equal(partOf.total, 205)
      assert.equal(next === undefined, number >= 2)
      seen.push(...items.map(({ id }) => id ?? ''))
    }
    assert.equal(new Set(seen).size, 205)
  })

  for (const [what, more, expected] of [
    ['a target that is one string', { target: PAGE }, { anchor: null }],
    ['a target named by its id', { target: { id: PAGE, format: 'text/html' } }, { anchor: null }],
    ['a source that is an object', { target: { source: { id: PAGE }, selector: quote } }, {}],
    ['a single target in a list', { target: [{ source: PAGE, selector: quote }] }, {}],
    [
      'a quotation that refines another selector',
      { target: { source: PAGE, selector: { type: 'FragmentSelector', value: 'p', refinedBy: quote } } },
      {},
    ],
    [
      'a choice of selectors',
      {
        target: {
          source: PAGE,
          selector: { type: 'Choice', items: [{ type: 'CssSelector', value: 'p' }, quote] },
        },
      },
      {},
    ],
    [
      'several bodies',
      { body: [{ type: 'TextualBody', value: 'one' }, 'https://other.example/'] },
      { said: 'one\n\nhttps://other.example/' },
    ],
    ['a body that is only a value', { body: undefined, bodyValue: 'plain' }, { said: 'plain' }],
  ] as [string, object, { anchor?: null; said?: string }][])
    test(`takes ${what}`, async () => {
      const { post } = await open()
      const response = await post(annotation(more), 'application/json')
      assert.equal(response.status, 201, await response.clone().text())
      const made = (await response.json()) as {
        target: string | { selector: object[] }
        body: { value: string }
      }
      if (expected.anchor === null) assert.equal(made.target, PAGE)
      else assert.deepEqual((made.target as { selector: object[] }).selector[0], quote)
      if (expected.said !== undefined) assert.equal(made.body.value, expected.said)
    })

  test('what stands far around a quotation is cut, between characters', async () => {
    const { post } = await open()
    const long = { ...quote, prefix: `${'😀'.repeat(40)}x`, suffix: `x${'😀'.repeat(40)}` }
    const response = await post(annotation({ target: { source: PAGE, selector: long } }))
    const { target } = (await response.json()) as {
      target: { selector: [{ prefix: string; suffix: string }] }
    }
    const [{ prefix, suffix }] = target.selector
    assert.equal(prefix, `${'😀'.repeat(31)}x`)
    assert.equal(suffix, `x${'😀'.repeat(31)}`)
  })

  for (const [what, more, field] of [
    ['no target', { target: undefined }, 'target'],
    ['two targets', { target: [PAGE, `${PAGE}/2`] }, 'target'],
    ['a page of another site', { target: 'https://foreign.example/' }, 'url'],
    ['a position alone', { target: { source: PAGE, selector: position } }, 'target.selector'],
    [
      'an empty quotation',
      { target: { source: PAGE, selector: { ...quote, exact: '' } } },
      'target.selector.exact',
    ],
    [
      'a quotation of 2,001 characters',
      { target: { source: PAGE, selector: { ...quote, exact: 'x'.repeat(2_001) } } },
      'target.selector.exact',
    ],
    [
      'a position that ends before it starts',
      { target: { source: PAGE, selector: [quote, { ...position, end: 3 }] } },
      'target.selector.end',
    ],
    ['HTML', { body: { type: 'TextualBody', value: '<p>x', format: 'text/html' } }, 'body.format'],
    ['no body', { body: undefined }, 'body'],
    ['a body and a value', { bodyValue: 'x' }, 'bodyValue'],
    ['a text that shows nothing', { body: { type: 'TextualBody', value: ' \u200b' } }, 'body'],
    ['a text too long', { body: { type: 'TextualBody', value: 'x'.repeat(10_001) } }, 'body'],
    ['a name too long', { creator: { name: 'x'.repeat(61) } }, 'name'],
  ] as const)
    test(`refuses ${what}, and names the field`, async () => {
      const { post } = await open()
      assert.deepEqual(await refusal(post(annotation(more))), [422, field])
    })

  test('takes JSON only, and a token', async () => {
    const { site, post } = await open()
    assert.deepEqual(await refusal(post(annotation(), 'text/turtle')), [415, undefined])
    const nobody = bench.request('/v1/annotations', {
      method: 'POST',
      headers: { 'content-type': LD, 'x-grapevine-site': site.publishableKey },
      body: JSON.stringify(annotation()),
    })
    assert.deepEqual(await refusal(nobody), [401, undefined])
  })

  test("the standard's own correct examples with a quotation come back as they were sent, the others are refused with a reason", {
    skip: withoutCorpora,
  }, async () => {
    let taken = 0
    for (const file of corpusFiles('annotation/correct')) {
      const { post } = await open()
      const sent = JSON.parse(corpusText(`annotation/correct/${file}`)) as Record<string, unknown>
      const target = sent.target as Record<string, unknown>
      // Their pages become one of ours, and what they lack is a name.
      const own =
        typeof target === 'string'
          ? PAGE
          : Array.isArray(target)
            ? target
            : { ...target, ...(target?.source ? { source: PAGE } : { id: PAGE }) }
      const response = await post({ ...sent, target: own, creator: { name: `Ann ${file}` } })
      const answer = (await response.json()) as Annotation & { error?: { field?: string; code: string } }
      assert.ok(
        response.status === 201 || response.status === 422 || response.status === 409,
        `${file} ${response.status}`,
      )
      if (response.status === 201) {
        taken++
        assert.equal(answer.type, 'Annotation')
      } else assert.ok(answer.error?.field, file)
      const selector = JSON.stringify(target?.selector ?? null)
      if (!selector.includes('TextQuoteSelector')) continue
      assert.equal(response.status, 201, `${file} ${JSON.stringify(answer)}`)
      const { exact, prefix, suffix } =
        (answer.target as { selector: Record<string, string>[] }).selector[0] ?? {}
      for (const text of [exact, prefix, suffix]) assert.ok(selector.includes(JSON.stringify(text)), file)
    }
    assert.ok(taken >= 12, `${taken}`)
  })

  test("the standard's incorrect examples are refused", { skip: withoutCorpora }, async () => {
    const { post } = await open()
    for (const file of corpusFiles('annotation/incorrect')) {
      // Some are incorrect JSON besides; without that they have to be refused for what they are about.
      const text = corpusText(`annotation/incorrect/${file}`)
      for (const sent of [
        text,
        text
          .replace(/,(\s*[}\]])/g, '$1')
          .replaceAll(/http:\/\/example\.(org|com)\/(post|page|target)\d*/g, PAGE),
      ]) {
        const [status, field] = await refusal(post(sent))
        assert.ok(status === 400 || (status === 422 && field), `${file}: ${status} ${field}`)
      }
    }
  })
})
