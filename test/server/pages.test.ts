import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Move } from '../../server/contract/pages.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'
import {
  type Bench,
  newSite,
  ORIGIN,
  onEveryDatabase,
  serverOf,
  type TestSite,
} from '../support/databases.ts'
import { refusal } from '../support/somebody.ts'
import { openToAll, reader, talker } from '../support/talking.ts'

const OLD = 'https://old.example'

/** A site where everybody may speak, with what its owner says of pages. */
async function talkingSite(bench: Bench) {
  const site = await newSite(bench)
  await openToAll(bench, site)
  const owner = serverOf(bench, site)
  const ada = talker(bench, site)
  /** The bodies of the comments at a URL, and how many are counted. */
  const at = async (url: string, pageId?: string) => {
    bench.clock.now += 2_000
    const { data, count } = await reader(bench, site).thread(pageId ? `pageId=${pageId}` : '', url)
    const said = data.map(({ body }) => (body[0]?.t === 'p' ? String(body[0].c[0]) : '')).sort()
    assert.equal(count, said.length)
    return said
  }
  const move = async (from: string, to: string, prefix = false) => {
    const response = await owner.post('/v1/pages/moves', { from, to, prefix })
    assert.equal(response.status, 201, await response.clone().text())
    await bench.settle()
    return (await response.json()) as Move
  }
  return { site, owner, ada, at, move, say: (body: string, url: string) => ada.say(body, { url }) }
}

const pagesOf = async ({ deps }: Bench, { id }: TestSite) =>
  deps.read.selectFrom('page').select(['identity', 'url', 'title']).where('site_id', '=', id).execute()

onEveryDatabase('pages', (bench) => {
  test('nothing that decorates a URL splits its thread', async () => {
    const { site, at, say } = await talkingSite(bench)
    const urls = [
      '/a/b?x=1',
      '/a/b/?x=1',
      '/a/b?x=1#part',
      '/a/b?fbclid=abc&x=1',
      '/a/b?x=1&utm_source=n&utm_medium=m',
      `/a/b?x=1&gv=${'a'.repeat(18)}`,
      '/a/b?x=1#:~:text=hello',
    ]
    for (const [n, path] of urls.entries()) await say(`${n}`, ORIGIN + path)
    for (const path of urls) assert.equal((await at(ORIGIN + path)).length, urls.length, path)
    assert.equal((await pagesOf(bench, site)).length, 1)
  })

  test('www. and the scheme split no thread either', async () => {
    const origins = ['https://shop.example', 'http://shop.example', 'https://www.shop.example']
    const site = await newSite(bench, origins)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    for (const origin of origins) await ada.say(`hi from ${origin}`, { url: `${origin}/x` })
    assert.equal((await reader(bench, site).thread('', `${origins[1]}/x`)).count, 3)
  })

  test('a page with an id of its owner is one page wherever it goes, and is read at its latest URL', async () => {
    const { site, ada, at } = await talkingSite(bench)
    await ada.say('one', { url: `${ORIGIN}/draft`, pageId: 'post-1', title: 'A title' })
    await ada.say('two', { url: `${ORIGIN}/2026/final`, pageId: 'post-1', title: 'Another' })
    assert.deepEqual(await at(`${ORIGIN}/elsewhere`, 'post-1'), ['one', 'two'])
    const { url } = await reader(bench, site).thread('pageId=post-1', `${ORIGIN}/elsewhere`)
    assert.equal(url, `${ORIGIN}/2026/final`)
    // What the first URL says without the id is the same page.
    assert.deepEqual(await at(`${ORIGIN}/draft`), ['one', 'two'])
    assert.deepEqual(
      (await pagesOf(bench, site)).map(({ title }) => title),
      ['A title'],
    )
  })

  test('a page keeps its thread when its owner begins to give ids', async () => {
    const { ada, at, say } = await talkingSite(bench)
    await say('before', `${ORIGIN}/x`)
    assert.deepEqual(await at(`${ORIGIN}/x`, 'x-1'), ['before'])
    await ada.say('after', { url: `${ORIGIN}/x`, pageId: 'x-1' })
    assert.deepEqual(await at(`${ORIGIN}/x`), ['after', 'before'])
  })

  test('two ids at one URL are two pages', async () => {
    const { ada, at } = await talkingSite(bench)
    await ada.say('of a', { url: `${ORIGIN}/app`, pageId: 'a' })
    assert.deepEqual(await at(`${ORIGIN}/app`, 'b'), [])
    await ada.say('of b', { url: `${ORIGIN}/app`, pageId: 'b' })
    assert.deepEqual(await at(`${ORIGIN}/app`, 'a'), ['of a'])
    assert.deepEqual(await at(`${ORIGIN}/app`, 'b'), ['of b'])
  })

  test('a moved page takes its thread and its counts along', async () => {
    const { site, owner, at, move, say } = await talkingSite(bench)
    await say('one', `${ORIGIN}/old?id=7`)
    const moved = await move(`http://www.${ORIGIN.slice(8)}/old/?id=7&utm_source=x`, `${ORIGIN}/new#top`)
    assert.deepEqual(
      { from: moved.from, to: moved.to, prefix: moved.prefix },
      { from: `${ORIGIN}/old?id=7`, to: `${ORIGIN}/new`, prefix: false },
    )
    for (const url of ['/new', '/old?id=7']) assert.deepEqual(await at(ORIGIN + url), ['one'])
    await say('two', `${ORIGIN}/old?id=7`)
    assert.deepEqual(await at(`${ORIGIN}/new`), ['one', 'two'])
    const pages = await pagesOf(bench, site)
    assert.deepEqual(
      pages.map(({ url }) => url),
      [`${ORIGIN}/new`],
    )
    assert.deepEqual(await owner.get('/v1/pages/moves'), { data: [moved] })
  })

  test('pages that were both talked about are joined, replies and counts with them', async () => {
    const { site, ada, at, move, say } = await talkingSite(bench)
    const top = await say('old', `${ORIGIN}/old`)
    await ada.say('reply', { url: `${ORIGIN}/old`, parent: top.id })
    const gone = await say('gone', `${ORIGIN}/old`)
    await ada.remove(gone.id)
    await say('new', `${ORIGIN}/new`)
    await move(`${ORIGIN}/old`, `${ORIGIN}/new`)
    bench.clock.now += 2_000
    const { count, data } = await reader(bench, site).thread('', `${ORIGIN}/old`)
    assert.equal(count, 3)
    assert.deepEqual(data.map(({ depth }) => depth).sort(), [0, 0, 1])
    assert.deepEqual(await at(`${ORIGIN}/new`), ['new', 'old', 'reply'])
    // Once more changes nothing; what came late comes along.
    bench.clock.now += 120_000
    await bench.settle()
    assert.deepEqual(await at(`${ORIGIN}/new`), ['new', 'old', 'reply'])
    const threads = await bench.deps.read
      .selectFrom('thread')
      .select(['comments', 'first_at', 'last_at'])
      .where('site_id', '=', site.id)
      .execute()
    assert.equal(threads.length, 1)
    assert.ok((threads[0]?.first_at ?? 0) < (threads[0]?.last_at ?? 0))
  })

  test('all that begins so moves, the longest beginning first, up to a slash', async () => {
    const { site, at, move, say } = await talkingSite(bench)
    for (const path of ['/blog', '/blog/a', '/blog/a?x=1', '/blog/2019/b', '/blogs', '/blog-x/c'])
      await say(path, ORIGIN + path)
    await move(`${ORIGIN}/blog/2019/`, `${ORIGIN}/archive`, true)
    await move(`${ORIGIN}/blog`, `${ORIGIN}/articles/`, true)
    const urls = (await pagesOf(bench, site)).map(({ url }) => url.slice(ORIGIN.length)).sort()
    assert.deepEqual(urls, [
      '/archive/b',
      '/articles',
      '/articles/a',
      '/articles/a?x=1',
      '/blog-x/c',
      '/blogs',
    ])
    assert.deepEqual(await at(`${ORIGIN}/articles/a?x=1`), ['/blog/a?x=1'])
    assert.deepEqual(await at(`${ORIGIN}/blog/a`), ['/blog/a'])
    // What was never seen moves as well.
    await say('late', `${ORIGIN}/blog/2019/late`)
    assert.deepEqual(await at(`${ORIGIN}/archive/late`), ['late'])
    // One page's own move goes before that of all.
    await move(`${ORIGIN}/blog/one`, `${ORIGIN}/one`)
    await say('one', `${ORIGIN}/blog/one`)
    assert.deepEqual(await at(`${ORIGIN}/one`), ['one'])
  })

  test('moves follow one another, also from an origin that the site no longer has', async () => {
    const site = await newSite(bench, [ORIGIN, OLD])
    await openToAll(bench, site)
    const ada = talker(bench, site)
    for (let n = 0; n < 120; n++) await ada.say(`${n}`, { url: `${OLD}/p/${n}` })
    await bench.deps.write(({ db }) =>
      db
        .updateTable('site')
        .set({ origins: JSON.stringify([ORIGIN]) })
        .where('site_id', '=', site.id)
        .execute(),
    )
    bench.clock.now += 600_000
    const owner = serverOf(bench, site)
    for (const [from, to] of [
      [`${ORIGIN}/then`, `${ORIGIN}/now`],
      [OLD, `${ORIGIN}/then`],
    ])
      assert.equal((await owner.post('/v1/pages/moves', { from, to, prefix: true })).status, 201)
    await bench.settle()
    bench.clock.now += 2_000
    for (const n of [0, 99, 100, 119])
      assert.equal((await reader(bench, site).thread('', `${ORIGIN}/now/p/${n}`)).count, 1, `${n}`)
  })

  test('a move that is taken back leaves what has moved, and what comes to the old URL is a page of its own', async () => {
    const { owner, site, at, move, say } = await talkingSite(bench)
    await say('one', `${ORIGIN}/old`)
    const { id } = await move(`${ORIGIN}/old`, `${ORIGIN}/new`)
    const remove = (key = site.secretKey) =>
      bench.request(`/v1/pages/moves/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${key}` },
      })
    assert.equal((await remove((await newSite(bench)).secretKey)).status, 404)
    assert.equal((await remove()).status, 204)
    assert.deepEqual(await refusal(remove()), [404, undefined])
    assert.deepEqual(await owner.get('/v1/pages/moves'), { data: [] })
    assert.deepEqual(await at(`${ORIGIN}/new`), ['one'])
    assert.deepEqual(await at(`${ORIGIN}/old`), [])
  })

  for (const [what, moves, refused] of [
    ['a move to the same page', [['/a', '/a/?utm_source=x', false]], [422, 'to']],
    [
      'a move back',
      [
        ['/a', '/b', false],
        ['/b', '/a', false],
      ],
      [422, 'to'],
    ],
    [
      'a round of three',
      [
        ['/a', '/b', false],
        ['/b', '/c', true],
        ['/c', '/a', true],
      ],
      [422, 'to'],
    ],
    ['a beginning that moves into itself', [['/a', '/a/b', true]], [422, 'to']],
    [
      'a beginning that a single move comes back from',
      [
        ['/y/1', '/x/1', false],
        ['/x', '/y', true],
      ],
      [422, 'to'],
    ],
    [
      'a second move of the same page',
      [
        ['/a', '/b', false],
        ['/a', '/c', false],
      ],
      [409, 'from'],
    ],
    ['a beginning with a query', [['/a?x=1', '/b', true]], [422, 'from']],
    ['a beginning that moves to a query', [['/a', '/b?x=', true]], [422, 'to']],
    ['a move to a foreign origin', [['/a', 'https://foreign.example/', false]], [422, 'to']],
    ['a move from no URL', [['javascript:alert(1)', '/b', false]], [422, 'from']],
    ['a move from a URL with a password', [['https://a:b@old.example/', '/b', false]], [422, 'from']],
  ] as [string, [string, string, boolean][], [number, string]][])
    test(`refuses ${what}`, async () => {
      const { owner } = await talkingSite(bench)
      const whole = (url: string) => (url.startsWith('/') ? ORIGIN + url : url)
      const told = moves.map(([from, to, prefix]) => ({ from: whole(from), to: whole(to), prefix }))
      const last = told.pop()
      for (const move of told) assert.equal((await owner.post('/v1/pages/moves', move)).status, 201)
      assert.deepEqual(await refusal(owner.post('/v1/pages/moves', last)), refused)
    })

  test('the same move told twice is one', async () => {
    const { owner } = await talkingSite(bench)
    const move = { from: `${ORIGIN}/a`, to: `${ORIGIN}/b` }
    const [one, two] = [await owner.post('/v1/pages/moves', move), await owner.post('/v1/pages/moves', move)]
    assert.deepEqual(await two.json(), await one.json())
  })

  test('no URL yields an error of ours', { skip: withoutCorpora }, async () => {
    const { site, owner } = await talkingSite(bench)
    const urls = (JSON.parse(corpusText('url/wpt-urltestdata.json')) as (string | { input: string })[])
      .flatMap((test) => (typeof test === 'string' ? [] : [test.input]))
      .filter((url) => url.isWellFormed())
    assert.ok(urls.length > 500)
    const { ask } = reader(bench, site)
    for (const url of urls) {
      for (const query of [
        `url=${encodeURIComponent(url)}`,
        `url=${ORIGIN}&pageId=${encodeURIComponent(url)}`,
      ])
        assert.ok((await ask(`/v1/threads?${query}`)).status < 500, url)
      for (const move of [
        { from: url, to: `${ORIGIN}/somewhere` },
        { from: `${ORIGIN}/${url}`, to: url },
      ])
        assert.ok((await owner.post('/v1/pages/moves', { ...move, prefix: true })).status < 500, url)
    }
  })
})
