import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { CascadeTree } from '../../server/contract/reports.ts'
import { addressIs, articleUrl, copyLink, enter, open } from './cast.ts'
import { type Stage, setStage, until } from './stage.ts'

let stage: Stage
before(async () => {
  stage = await setStage()
})
after(() => stage.close())

/** Everything a page can leave behind in a browser. */
const LEFT_BEHIND = `(async () => ({
  localStorage: Object.keys(localStorage),
  sessionStorage: Object.keys(sessionStorage),
  cookies: document.cookie,
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
}))()`

test('with Global Privacy Control nothing is stored and nothing identifies, yet sharing works', async () => {
  const article = articleUrl(stage)
  const alice = await enter(stage)
  await open(alice, article)
  const { clipboard, shared } = await copyLink(alice)

  const dana = await enter(stage)
  await dana.page.setExtraHTTPHeaders({ 'Sec-GPC': '1' })
  await dana.page.evaluateOnNewDocument(
    `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })`,
  )
  await open(dana, clipboard)
  await addressIs(dana, article)
  const passedOn = await copyLink(dana)
  assert.equal(passedOn.clipboard, passedOn.shared.link)

  const tree = await until(
    () => stage.report<CascadeTree>(`/v1/reports/cascades/${shared.code}`),
    ({ size, visits }) => size === 2 && visits === 1,
  )
  assert.equal(tree.shares[1]?.code, passedOn.shared.code)
  assert.equal(tree.shares[1]?.parent, shared.code)

  assert.deepEqual(await dana.page.evaluate(LEFT_BEHIND), {
    localStorage: [],
    sessionStorage: [],
    cookies: '',
    databases: [],
    caches: [],
    workers: 0,
  })
  assert.deepEqual(await dana.context.cookies(), [])
  assert.ok(dana.calls.some(({ path }) => path === '/v1/shares'))
  for (const { path, headers } of dana.calls) {
    assert.equal(headers.authorization, undefined, `${path} carried an Authorization header`)
    assert.equal(headers.cookie, undefined, `${path} carried a cookie`)
  }
  assert.deepEqual(dana.faults, [])
})
