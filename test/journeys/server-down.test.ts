import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { CascadeTree } from '../../server/contract/reports.ts'
import type { Share } from '../../server/contract/shares.ts'
import type { Visit } from '../../server/contract/visits.ts'
import { type Actor, addressIs, articleUrl, copyLink, cutOff, enter, open } from './cast.ts'
import { type Stage, setStage, until } from './stage.ts'

let stage: Stage
before(async () => {
  stage = await setStage()
})
after(() => stage.close())

test('a link made while the server is down works, and who came by it is joined to it later', async () => {
  const article = articleUrl(stage)
  const alice = await enter(stage)
  await open(alice, article)
  await alice.page.waitForSelector('grapevine-share >>> button[data-channel=copy]')
  await stage.stopServer()

  const { shared: toldByAlice, clipboard } = await copyLink(alice)
  assert.equal(clipboard, toldByAlice.link)

  // The server comes back, but Alice is in a tunnel: her share is not registered when Bob opens her link.
  const reconnect = await cutOff(alice)
  await stage.startServer()
  const bob = await enter(stage)
  const visited = answerTo(bob, '/v1/visits')
  await open(bob, clipboard)
  const visit = await visited
  assert.equal(visit.status(), 202)
  assert.equal(((await visit.json()) as Visit).outcome, 'waiting')
  await addressIs(bob, article)

  // Bob shares on all the same, and his share waits too.
  const shared = answerTo(bob, '/v1/shares')
  const passedOn = await copyLink(bob)
  assert.equal(((await (await shared).json()) as Share).waiting, true)

  await reconnect()
  const tree = await until(
    () => stage.report<CascadeTree>(`/v1/reports/cascades/${toldByAlice.code}`).catch(() => null),
    (found) => found?.size === 2 && found.visits === 1,
  )
  assert.deepEqual(
    tree?.shares.map(({ code, parent }) => ({ code, parent })),
    [
      { code: toldByAlice.code, parent: null },
      { code: passedOn.shared.code, parent: toldByAlice.code },
    ],
  )
  assert.deepEqual(bob.faults, [])
})

const answerTo = ({ page }: Actor, path: string) =>
  page.waitForResponse(
    (response) => response.url() === stage.server + path && response.request().method() === 'POST',
  )
