import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { CDPSession, Page, Target } from 'puppeteer-core'
import type { SignedIn, Ticket } from '../../server/contract/sign-in.ts'
import { CLIENT, type Issuer, startIssuer } from '../support/oidc-issuer.ts'
import { type Stage, setStage } from './stage.ts'

let stage: Stage
let issuer: Issuer
let key: string
before(async () => {
  // The provider of this story is on this machine.
  process.env.OUTBOUND_PRIVATE = 'on'
  issuer = await startIssuer()
  stage = await setStage()
  const { data } = await stage.report<{ data: { publishableKey: string }[] }>('/v1/sites')
  key = data[0]?.publishableKey as string
  await stage.change('/v1/sign-in/settings', {
    providers: [
      {
        id: 'work',
        name: 'Work',
        kind: 'oidc',
        issuer: issuer.url,
        clientId: CLIENT.id,
        secret: CLIENT.secret,
      },
    ],
  })
})
after(async () => {
  await stage?.close()
  await issuer?.close()
})

/** What a page of the site gets from a pop-up at the server's origin: what it said, from where, and the verifier. */
interface Heard {
  data: { type: string; ticket?: string; id?: string; fault?: string }
  origin: string
  verifier: string
}

/** Opens a pop-up as the comments element does; resolves once it has said something. */
const openPopUp = (page: Page, path: string): Promise<Heard> =>
  page.evaluate(`(async () => {
    const encoded = (bytes) =>
      btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    const verifier = encoded(crypto.getRandomValues(new Uint8Array(32)))
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
    const challenge = encoded(new Uint8Array(digest))
    const query = new URLSearchParams({ site: '${key}', origin: location.origin, challenge })
    const path = '${path}'
    return new Promise((resolve) => {
      addEventListener('message', ({ data, origin }) => resolve({ data, origin, verifier }), { once: true })
      open(path.startsWith('http') ? path : '${stage.server}' + path + '?' + query, '_blank', 'popup')
    })
  })()`) as Promise<Heard>

/** What a page of the site asks the server. */
const ask = <Answer>(page: Page, path: string, body: object, token?: string): Promise<Answer> =>
  page.evaluate(`(async () => {
    const headers = { 'content-type': 'application/json', 'x-grapevine-site': '${key}' }
    if (${token !== undefined}) headers.authorization = 'Bearer ${token}'
    const body = JSON.stringify(${JSON.stringify(body)})
    const response = await fetch('${stage.server}${path}', { method: 'POST', headers, body })
    if (!response.ok) throw new Error(await response.text())
    return response.json()
  })()`) as Promise<Answer>

const redeem = (page: Page, { data, verifier }: Heard): Promise<SignedIn> =>
  ask(page, '/v1/sign-in/ticket', { ticket: data.ticket, verifier })

/** Pop-ups of before, which may be closing. */
const seen = new Set<Target>()

/** The next pop-up, with a device for passkeys, and what its console says. */
async function nextPopUp(path: string): Promise<{
  popUp: Page
  device: CDPSession
  authenticator: string
  said: string[]
}> {
  const url = `${stage.server}/sign-in/passkey${path}?`
  const target = await stage.browser.waitForTarget((one) => !seen.has(one) && one.url().startsWith(url))
  seen.add(target)
  const popUp = (await target.page()) as Page
  const said: string[] = []
  popUp.on('console', (message) => said.push(message.text()))
  popUp.on('pageerror', (error) => said.push(String(error)))
  const device = await popUp.createCDPSession()
  await device.send('WebAuthn.enable')
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  await popUp.waitForSelector('main h1')
  return { popUp, device, authenticator: authenticatorId, said }
}

test('by an account elsewhere, then by a passkey, in pop-ups at the server’s own origin', async () => {
  const page = await stage.browser.newPage()
  await page.goto(stage.demo)
  const heard = await openPopUp(page, '/sign-in/oauth/work')
  assert.deepEqual([heard.origin, heard.data.type], [stage.server, 'grapevine-ticket'])
  const { me, token } = await redeem(page, heard)
  assert.deepEqual([me.name, me.member, me.signsInBy], ['Ada', true, ['work']])
  await assert.rejects(redeem(page, heard), /401|used/)

  const { url } = await ask<Ticket>(page, '/v1/me/passkeys/ticket', {}, token)
  const adding = openPopUp(page, url)
  const first = await nextPopUp('/new')
  await first.popUp.waitForSelector('form input')
  const whose = await first.popUp.$eval('main p', (p) => p.textContent)
  assert.equal(whose, 'With it you sign in as Ada on Journey.')
  assert.equal(await first.popUp.title(), 'Add a passkey')
  await first.popUp.keyboard.type('This laptop')
  const credentials = new Promise<{ credential: { credentialId: string } }>((resolve) => {
    first.device.once('WebAuthn.credentialAdded', resolve)
  })
  await first.popUp.keyboard.press('Enter')
  const { credential } = await credentials
  const added = await adding
  assert.equal(added.data.type, 'grapevine-passkey')
  assert.deepEqual(first.said, [])

  const signingIn = openPopUp(page, '/sign-in/passkey')
  const second = await nextPopUp('')
  await second.device.send('WebAuthn.addCredential', {
    authenticatorId: second.authenticator,
    credential: credential as never,
  })
  assert.equal(await second.popUp.$eval('main p', (p) => p.textContent), `For ${stage.demo}`)
  // The button has the focus.
  await second.popUp.keyboard.press('Enter')
  const again = await redeem(page, await signingIn)
  assert.equal(again.me.id, me.id)
  assert.deepEqual(again.me.signsInBy, ['work', 'passkey'])
  assert.deepEqual(second.said, [])
})

test('a device without a passkey says so, and whoever cancels tells the page', async () => {
  const page = await stage.browser.newPage()
  await page.goto(stage.demo)
  const heard = openPopUp(page, '/sign-in/passkey')
  const { popUp } = await nextPopUp('')
  await popUp.keyboard.press('Enter')
  await popUp.waitForSelector('[role=alert]')
  assert.equal(
    await popUp.$eval('[role=alert]', (p) => p.textContent),
    'That was cancelled or took too long. You can try again.',
  )
  await popUp.keyboard.press('Tab')
  // The window is gone before the key is up again.
  await popUp.keyboard.press('Enter').catch(() => {})
  const { data } = await heard
  assert.deepEqual(data, { type: 'grapevine-sign-in-failed', fault: 'denied' })
})

test('a page of somebody else that opens the pop-up in the name of the site’s hears nothing', async () => {
  const page = await stage.browser.newPage()
  await page.goto(`${issuer.url}/keys`)
  const query = new URLSearchParams({ site: key, origin: stage.demo, challenge: 'a'.repeat(43) })
  const closed = new Promise<void>((resolve) => {
    stage.browser.on('targetdestroyed', (target) => {
      if (/\/sign-in\/oauth\/\w+\/work\/callback/.test(target.url())) resolve()
    })
  })
  await page.evaluate(`
    heard = []
    addEventListener('message', ({ data }) => heard.push(data))
    open('${stage.server}/sign-in/oauth/work?${query}', '_blank', 'popup')
    0`)
  await closed
  assert.deepEqual(await page.evaluate('heard'), [])
  // The site's own page hears it by the same way.
  await page.goto(stage.demo)
  assert.equal((await openPopUp(page, '/sign-in/oauth/work')).data.type, 'grapevine-ticket')
})

/** A ticket of a member, who came by an account elsewhere. */
async function newMember(): Promise<string> {
  const page = await stage.browser.newPage()
  await page.goto(stage.demo)
  const { token } = await redeem(page, await openPopUp(page, '/sign-in/oauth/work'))
  return (await ask<Ticket>(page, '/v1/me/passkeys/ticket', {}, token)).ticket
}

test('the pages are accessible in both languages, light and dark, and say what they are', async () => {
  const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
  const page = await stage.browser.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  const query = new URLSearchParams({ site: key, origin: stage.demo, challenge: 'a'.repeat(43) })
  const pages = [
    [`/sign-in/passkey?${query}`, 'Sign in with a passkey', '使用通行密钥登录'],
    [`/sign-in/oauth/nobody/work/callback?state=unknown`, 'Sign in', '登录'],
    [`/sign-in/passkey/new?ticket=${await newMember()}`, 'Add a passkey', '添加通行密钥'],
  ] as const
  for (const scheme of ['light', 'dark'])
    for (const [path, english, chinese] of pages)
      for (const [lang, title] of [
        ['en', english],
        ['zh-Hans', chinese],
      ]) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
        await page.goto(`${stage.server}${path}&lang=${lang}`)
        await page.waitForSelector('main button')
        await page.evaluate(axe)
        const faults = (await page.evaluate(
          '(async () => (await axe.run()).violations.map(({ id, nodes }) => [id, nodes.map((one) => one.html)]))()',
        )) as unknown[]
        assert.deepEqual(faults, [], `${path} ${lang} ${scheme}`)
        assert.equal(await page.title(), title)
        assert.equal(await page.$eval('html', (html) => html.lang), lang)
      }
  assert.deepEqual(said, [])
})
