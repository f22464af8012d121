import assert from 'node:assert/strict'
import { test } from 'node:test'
import { corpusText, withoutCorpora } from '../support/corpora.ts'
import { newSite, ORIGIN, onEveryDatabase } from '../support/databases.ts'
import { refusal } from '../support/somebody.ts'
import { openToAll, talker } from '../support/talking.ts'

const PAGE = `${ORIGIN}/article`

onEveryDatabase('a thread as HTML', (bench) => {
  const open = async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const address = (url = PAGE, more = '') =>
      `/v1/threads/html?url=${encodeURIComponent(url)}&site=${site.publishableKey}${more}`
    const ask = (headers: Record<string, string> = {}) => bench.request(address(), { headers })
    return { site, ask, address, html: async () => (await ask()).text(), ada: talker(bench, site) }
  }

  test('is complete without a script, in its own words to search engines, and safe to show in a frame of the site', async () => {
    const { ask, ada } = await open()
    const said = await ada.say('**Hello** [there](https://a.example/?a=1&b=2)\n\n> - quoted', {
      url: PAGE,
      title: 'A <title> & more',
    })
    await ada.say('```js\nlet a = "<b>"\n```', { url: PAGE, parent: said.id })
    const response = await ask()
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'text/html; charset=UTF-8')
    assert.equal(
      response.headers.get('content-security-policy'),
      `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors ${ORIGIN}`,
    )
    const html = await response.text()
    for (const part of [
      '<title>Comments: A &lt;title&gt; &amp; more</title>',
      `<link rel="canonical" href="${PAGE}">`,
      'itemtype="https://schema.org/DiscussionForumPosting"',
      '<span itemprop="commentCount">2</span> comments',
      '<bdi itemprop="name">Ada</bdi>',
      '<p dir="auto"><strong>Hello</strong> <a href="https://a.example/?a=1&amp;b=2" rel="ugc nofollow noopener">there</a></p>',
      '<blockquote><ul><li><p dir="auto">quoted</p></li></ul></blockquote>',
      '<pre dir="ltr"><code>let a = &quot;&lt;b&gt;&quot;</code></pre>',
      `href="${PAGE}#grapevine-comment-${said.id}"`,
    ])
      assert.ok(html.includes(part), part)
    assert.equal(html.match(/itemtype="https:\/\/schema.org\/Comment"/g)?.length, 2)
    assert.doesNotMatch(html, /<script|<style|<img|<iframe|\son\w+=|style=/i)
  })

  test('says of a tombstone what became of it, and nothing of what it said', async () => {
    const { html, ada } = await open()
    const top = await ada.say('a secret', { url: PAGE })
    await ada.say('a reply', { url: PAGE, parent: top.id })
    await ada.remove(top.id)
    const page = await html()
    assert.ok(page.includes('This comment was deleted.') && page.includes('a reply'))
    assert.ok(!page.includes('a secret'))
  })

  test('is the same until something changes', async () => {
    const { ask, ada } = await open()
    await ada.say('one', { url: PAGE })
    const etag = (await ask()).headers.get('etag') ?? ''
    assert.equal((await ask({ 'if-none-match': etag })).status, 304)
    await ada.say('two', { url: PAGE })
    assert.equal((await ask({ 'if-none-match': etag })).status, 200)
  })

  test('goes on by plain links until every comment was there once, however deep', async () => {
    const { site, address, ada } = await open()
    const first = await ada.say('0', { url: PAGE })
    const { page_id, person_id } = await bench.deps.read
      .selectFrom('comment')
      .selectAll()
      .where('id', '=', first.id)
      .executeTakeFirstOrThrow()
    const template = await bench.deps.read
      .selectFrom('comment')
      .selectAll()
      .where('id', '=', first.id)
      .executeTakeFirstOrThrow()
    const ids = [first.id]
    await bench.deps.write(async ({ db, newId }) => {
      for (let n = 1; n <= 1_200; n++) {
        const id = newId()
        // Half a chain, half side by side.
        const parent = n % 2 ? (ids.at(-2) ?? first.id) : null
        await db
          .insertInto('comment')
          .values({ ...template, id, parent_id: parent, root_id: id, depth: n, page_id, person_id })
          .execute()
        ids.push(id)
      }
    })
    const seen: string[] = []
    let path: string | undefined = address()
    let pages = 0
    while (path) {
      const html: string = await (await bench.request(path)).text()
      seen.push(...[...html.matchAll(/<li id="c-([^"]+)"/g)].map(([, id]) => id as string))
      const next: string | undefined = /<a rel="next" href="([^"]+)"/.exec(html)?.[1]
      path = next?.replaceAll('&amp;', '&').replace('https://grapevine.test', '')
      pages++
    }
    assert.equal(pages, 3)
    assert.equal(seen.length, new Set(seen).size)
    assert.deepEqual(seen.sort(), ids.sort())
    assert.equal(site.origins.length, 1)
  })

  test('of a page nobody spoke on is empty; of a foreign page or an unknown site it is refused', async () => {
    const { address, html, ada } = await open()
    assert.ok((await html()).includes('<span itemprop="commentCount">0</span> comments'))
    assert.deepEqual(await refusal(bench.request(address('https://foreign.example/'))), [422, 'url'])
    await ada.say('one', { url: PAGE })
    assert.deepEqual(await refusal(bench.request(address(PAGE, '&after=x'))), [422, 'cursor'])
    assert.deepEqual(await refusal(bench.request(`/v1/threads/html?url=${PAGE}`)), [401, 'site'])
    assert.deepEqual(await refusal(bench.request(`/v1/threads/html?url=${PAGE}&site=pk_x`)), [401, 'site'])
  })

  test('stays text whatever is said, by whatever name, on whatever page', {
    skip: withoutCorpora,
  }, async () => {
    const { site, html } = await open()
    const payloads = (JSON.parse(corpusText('xss/proven-live.json')) as { payload: string }[])
      .map(({ payload }) => payload)
      .filter((payload) => payload.trim() !== '' && payload.isWellFormed() && !payload.includes('\0'))
      .slice(0, 150)
    let taken = 0
    for (const [n, payload] of payloads.entries()) {
      const eve = talker(bench, site, `E${n} ${payload.replace(/[\p{C}\p{Z}]+/gu, ' ').slice(0, 50)}`)
      const told = await eve.tell({ url: PAGE, body: `${n} ${payload}`, title: payload.slice(0, 300) })
      taken += Number(told.status === 201)
    }
    assert.ok(taken > 100, `${taken}`)
    const page = await html()
    // All elements that are there are ours.
    const tags = [...page.matchAll(/<([a-z!][^\s>]*)/gi)].map(([, tag]) => tag?.toLowerCase())
    const ours =
      'html head meta title link body main h1 a bdi p span ol ul li article time div strong em del code pre br blockquote nav !doctype'
    for (const tag of new Set(tags)) assert.ok(ours.split(' ').includes(tag ?? ''), tag)
    assert.doesNotMatch(page.replaceAll(/"[^"]*"/g, '""'), /<[^>]*\son\w+=/i)
    for (const [, href] of page.matchAll(/href="([^"]*)"/g)) assert.match(href ?? '', /^(https?:|mailto:)/)
    assert.ok(page.length > 10_000)
  })
})
