import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { SignJWT } from 'jose'
import type { Queue } from '../../server/contract/moderation.ts'
import type { PeopleReport } from '../../server/contract/reports.ts'
import { type Actor, articleUrl, copyLink, cutOff, enter, open, textOf } from './cast.ts'
import { type Stage, setStage, until } from './stage.ts'

let stage: Stage
before(async () => {
  stage = await setStage()
})
after(() => stage?.close())

const inside = (selector: string): string => `grapevine-comments >>> ${selector}`

/** Waits until something is inside the comments. */
const appears = ({ page }: Actor, selector: string) =>
  until(
    async () => (await page.$(inside(selector))) !== null,
    (there) => there,
  )

/** Goes to the comments of the article. */
async function readComments(actor: Actor, url = articleUrl(stage)): Promise<void> {
  // Only what is in front is drawn, and thus looked at.
  await actor.page.bringToFront()
  await open(actor, url)
  await actor.page.$eval('grapevine-comments', (element) => element.scrollIntoView())
  await appears(actor, '[aria-busy=false]')
}

/** Writes a comment of the page, as whoever one is; a guest gives a name first. */
async function write(actor: Actor, words: string, name?: string): Promise<void> {
  const { page } = actor
  await page.bringToFront()
  await page.locator(inside('.page textarea')).click()
  await appears(actor, '.page form.composer')
  await page.locator(inside('.page textarea')).fill(words)
  if (name) await page.locator(inside('.page input[autocomplete=nickname]')).fill(name)
  await page.locator(inside('.page form.composer [type=submit]')).click()
}

/** What all comments say, in the order they stand. */
const said = async ({ page }: Actor): Promise<string[]> =>
  page.$$eval(inside('li .text'), (texts) => texts.map((text) => (text.textContent ?? '').trim()))

const shows = (actor: Actor, words: string) =>
  until(
    () => said(actor),
    (all) => all.some((text) => text.includes(words)),
  )

/** What waits for a moderator. */
const waiting = (count: number) =>
  until(
    () => stage.report<Queue>('/v1/moderation/queue'),
    ({ data }) => data.length === count,
  )

/** Signs in by the code that was mailed. */
async function signIn({ page }: Actor, mail: string): Promise<void> {
  await page.locator(inside('dialog #sign-in-mail')).fill(mail)
  await page.locator(inside('dialog form [type=submit]')).click()
  const received = await until(
    async () => stage.mailbox.to(mail),
    (mails) => mails.length > 0,
  )
  const [code = ''] = /\d{6}/.exec(received.at(-1)?.text ?? '') ?? []
  assert.match(code, /^\d{6}$/)
  // The sixth digit sends it.
  await page.locator(inside('dialog #sign-in-code')).fill(code)
}

/** Chooses something from the menu of the comment that says some words. */
async function choose({ page }: Actor, words: string, item: string): Promise<void> {
  for (const row of await page.$$(inside('li'))) {
    const text = await row.$eval('.text', (element) => element.textContent ?? '').catch(() => '')
    if (!text.includes(words)) continue
    await (await row.$('[data-act=menu]'))?.click()
    const names = () =>
      page.$$eval(inside('.menu button'), (items) => items.map((one) => (one.textContent ?? '').trim()))
    const offered = await until(names, (all) => all.includes(item))
    await (await page.$$(inside('.menu button')))[offered.indexOf(item)]?.click()
    return
  }
  throw new Error(`Nothing says “${words}”`)
}

test('a guest comments, is let in, signs in by a code from the mail, replies, edits, and is moderated', async () => {
  const ann = await enter(stage)
  const bob = await enter(stage)
  await readComments(ann)
  await write(ann, 'The miller *did* add a sentence.', 'Ann')

  // A first comment waits: its author sees it, and that it waits; nobody else does.
  await shows(ann, 'The miller did add a sentence.')
  const { data } = await waiting(1)
  await readComments(bob)
  assert.deepEqual(await said(bob), [])

  // A moderator lets it in, and it comes to Bob without a reload.
  await stage.tell('/v1/moderation/decisions', { comments: [data[0]?.id], act: 'approve' })
  await bob.page.bringToFront()
  await until(
    () => textOf(bob, '[part~=fresh]'),
    (words) => words !== null,
  )
  await bob.page.locator(inside('[part~=fresh]')).click()
  await shows(bob, 'The miller did add a sentence.')

  // Ann becomes a member; what she wrote as a guest is hers still.
  await readComments(ann)
  await ann.page.locator(inside('.page textarea')).click()
  await appears(ann, '.page form.composer .link')
  for (const link of await ann.page.$$(inside('.page form.composer .link')))
    if (/sign in/i.test((await link.evaluate((element) => element.textContent)) ?? '')) await link.click()
  await signIn(ann, 'ann@example.com')
  await until(
    () => ann.page.evaluate("document.querySelector('grapevine-comments').mine?.member ?? false"),
    (member) => member === true,
  )

  // Signed in still after a reload, on another site than the server's: nothing of it is in a cookie.
  await readComments(ann)
  await until(
    () => textOf(ann, 'button.me bdi'),
    (name) => name === 'Ann',
  )
  assert.deepEqual(await ann.page.browserContext().cookies(), [])
  const [own] = (await stage.report<Queue>('/v1/moderation/queue?show=visible')).data
  assert.equal(own?.author.name, 'Ann')
  assert.equal(own?.author.member, true)

  // She edits what she said, and answers herself.
  await choose(ann, 'The miller', 'Edit')
  const editing = 'li form.composer textarea'
  await appears(ann, editing)
  await ann.page.locator(inside(editing)).fill('The miller added a sentence, I think.')
  await ann.page.locator(inside('li form.composer [type=submit]')).click()
  await shows(ann, 'The miller added a sentence, I think.')
  await ann.page.locator(inside('[data-act=reply]')).click()
  await appears(ann, editing)
  await ann.page.locator(inside(editing)).fill('My grandfather was there.')
  await ann.page.locator(inside('li form.composer [type=submit]')).click()
  await shows(ann, 'My grandfather was there.')

  await readComments(bob)
  await shows(bob, 'My grandfather was there.')
  await shows(bob, 'I think.')

  // A moderator refuses the reply: gone for others; and takes that back: there again.
  const reply = (await stage.report<Queue>('/v1/moderation/queue?show=visible&q=grandfather')).data[0]
  const { acts } = await stage.tell<{ acts: { id: string }[] }>('/v1/moderation/decisions', {
    comments: [reply?.id],
    act: 'refuse',
    note: 'Off topic',
  })
  await readComments(bob)
  assert.equal((await said(bob)).filter((text) => text.includes('grandfather')).length, 0)
  await stage.tell(`/v1/moderation/acts/${acts[0]?.id}/undo`, {})
  await readComments(bob)
  await shows(bob, 'My grandfather was there.')

  assert.deepEqual(ann.faults, [])
  assert.deepEqual(bob.faults, [])
})

test('whoever comes by a shared link and joins in stands on the chain', async () => {
  const carol = await enter(stage)
  const dave = await enter(stage)
  await open(carol, articleUrl(stage))
  const { shared } = await copyLink(carol)
  await readComments(dave, shared.link)
  await write(dave, 'I came by a link.', 'Dave')
  await shows(dave, 'I came by a link.')
  const { data } = await until(
    () => stage.report<Queue>('/v1/moderation/queue?show=all&q=link'),
    ({ data }) => data.length === 1,
  )
  const people = await stage.report<PeopleReport>('/v1/reports/people')
  assert.ok(people.data.some(({ person }) => person.id === data[0]?.author.broughtBy?.id))
  assert.deepEqual(dave.faults, [])
})

test('what could not be loaded in a tunnel is loaded behind it', async () => {
  const gil = await enter(stage)
  await readComments(gil)
  const comeBack = await cutOff(gil)
  const vote = gil.page.locator(inside('[data-act=up]'))
  await vote.click()
  await until(
    () => textOf(gil, '.toast'),
    (words) => words === 'That did not work. Try again.',
  )
  await comeBack()
  await vote.click()
  await appears(gil, '[data-act=up][aria-pressed=true]')
  assert.ok(!gil.faults.some((fault) => fault.startsWith('page error')), `${gil.faults}`)
})

test('the site itself says who somebody is', async () => {
  const secret = 'a secret of the host, thirty-two or more'
  await stage.change('/v1/sign-in/settings', { sso: { secret, audience: 'grapevine', issuer: 'the shop' } })
  const now = Math.floor(Date.now() / 1000)
  const token = await new SignJWT({ name: 'Erin' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('customer-7')
    .setIssuer('the shop')
    .setAudience('grapevine')
    .setIssuedAt(now)
    .setExpirationTime(now + 300)
    .sign(new TextEncoder().encode(secret))
  const erin = await enter(stage)
  await readComments(erin)
  await erin.page.evaluate(`grapevine.identify({ token: '${token}' })`)
  await until(
    () => textOf(erin, 'button.me bdi'),
    (name) => name === 'Erin',
  )
  await write(erin, 'The shop knows me.')
  await shows(erin, 'The shop knows me.')
  // Another one's word counts for nothing.
  const forged = await new SignJWT({ name: 'Ann' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('customer-8')
    .setAudience('grapevine')
    .setExpirationTime(now + 300)
    .sign(new TextEncoder().encode('not the secret of the host, but another'))
  const mallory = await enter(stage)
  await readComments(mallory)
  await mallory.page.evaluate(`grapevine.identify({ token: '${forged}' }).catch(() => null)`)
  assert.equal(await textOf(mallory, 'button.me bdi'), null)
})

/** A server that tries to keep a cookie wherever it is called from. */
async function startCookieServer() {
  let cookies: (string | undefined)[] = []
  const server = createServer(({ url, headers }, response) => {
    if (url === '/page') {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>A page</title>')
      return
    }
    cookies.push(headers.cookie)
    response.setHeader('access-control-allow-origin', headers.origin ?? '*')
    response.setHeader('access-control-allow-credentials', 'true')
    response.setHeader('set-cookie', 'seen=1; SameSite=None; Secure')
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    /** The cookies that two calls carry, one after the other, from a page of this host. */
    async calledFrom({ page }: Actor, host: string) {
      cookies = []
      await page.goto(`http://${host}:${port}/page`)
      await page.evaluate(`(async () => {
        for (let i = 0; i < 2; i++) await fetch('http://localhost:${port}/', { credentials: 'include' })
      })()`)
      return cookies
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

test('a session outlives a reload on another site, with third-party cookies blocked', async () => {
  const fay = await enter(stage)
  const session = await fay.page.createCDPSession()
  await session.send('Network.enable')
  const block = { disableThirdPartyCookieMetadata: true, disableThirdPartyCookieHeuristics: true }
  await session.send('Network.setCookieControls', { ...block, enableThirdPartyCookieRestriction: true })
  // A server that does what ours does not is remembered by its own pages, and by no other site's.
  const other = await startCookieServer()
  assert.deepEqual(await other.calledFrom(fay, 'localhost'), [undefined, 'seen=1'])
  assert.deepEqual(await other.calledFrom(fay, '127.0.0.1'), [undefined, undefined])
  other.close()

  await readComments(fay)
  await fay.page.locator(inside('header .plain')).click()
  await signIn(fay, 'fay@example.com')
  const member = () => fay.page.evaluate("document.querySelector('grapevine-comments').mine?.member ?? false")
  await until(member, (is) => is === true)
  await readComments(fay)
  await until(member, (is) => is === true)
})
