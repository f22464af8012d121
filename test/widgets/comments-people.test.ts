import { expect, fixtureCleanup, oneEvent } from '@open-wc/testing'
import { emulateMedia, sendKeys } from '@web/test-runner-commands'
import type { Posted, Thread } from '../../server/contract/comments.ts'
import type { Me } from '../../server/contract/people.ts'
import type { GrapevineComments } from '../../widgets/comments/grapevine-comments.ts'
import { identify } from '../../widgets/core/signing-in.ts'
import {
  arrange,
  buttonSaying,
  commentsOf,
  composerOf,
  fieldOf,
  find,
  jwt,
  newPage,
  newToken,
  openStage,
  say,
  saying,
  textOf,
  type,
} from './comments-stage.ts'
import { server, startAfresh, type TestSite, until } from './page.ts'

let site: TestSite
let url: string
let mail: string
let lastCode = ''

const real = window.fetch
const realOpen = window.open
const key = (name: string) => `grapevine:${site.pk.slice(3, 9)}:${name}`
const token = () => localStorage.getItem(key('token')) ?? ''
const me = () => say<Me>(site, 'GET', 'me', undefined, token())
const change = (settings: object) => say(site, 'PATCH', 'sign-in/settings', settings, site.sk)

/** The code that was mailed last, and was not read before. */
async function mailed(): Promise<string> {
  const code = await until(async () => {
    const mails: { to: string; text: string }[] = await (await real('/test/mails')).json()
    const [last] = /^\d{6}$/m.exec(mails.findLast(({ to }) => to === mail)?.text ?? '') ?? []
    return last !== lastCode && last
  }, 'the mail')
  lastCode = code
  return code
}

const signIn = async (element: Element) => (await buttonSaying(element, 'Sign in')).click()
const dialogOf = (element: Element) => find<HTMLDialogElement>(element, 'dialog[open]')

/** Signs in up to where a code is wanted. */
async function askForCode(element: Element): Promise<HTMLInputElement> {
  await signIn(element)
  type(await find<HTMLInputElement>(element, '#sign-in-mail'), mail)
  await sendKeys({ press: 'Enter' })
  return find<HTMLInputElement>(element, '#sign-in-code')
}

/** Signs in by a code. */
async function enter(element: Element): Promise<void> {
  const field = await askForCode(element)
  type(field, await mailed())
}

const comment = async (body: string, name: string, by: string) =>
  (await say<Posted>(site, 'POST', 'comments', { url, body, name }, by)).comment

describe('signing in on a page', () => {
  beforeEach(async () => {
    startAfresh()
    site = await openStage()
    url = newPage()
    mail = `bob-${crypto.randomUUID()}@mail.example.org`
    await arrange(site, { policy: 'open', proofOfWork: 'never' })
    await change({ mail: true, passkeys: true })
    await emulateMedia({ reducedMotion: 'reduce' })
  })
  afterEach(async () => {
    window.fetch = real
    window.open = realOpen
    await real('/test/up')
    fixtureCleanup()
    document.documentElement.lang = 'en'
    await emulateMedia({ colorScheme: 'light' })
  })

  it('takes the code where one is, and asks for a name once', async () => {
    const element = await commentsOf(url)
    const told = oneEvent(document, 'grapevine-signed-in')
    const field = await askForCode(element)
    expect(field.autocomplete).to.equal('one-time-code')
    await until(() => element.shadowRoot?.activeElement === field, 'the focus on the code')
    const code = await mailed()
    type(field, ` ${code.slice(0, 3)} ${code.slice(3)}`)
    const { detail } = await told
    expect(detail).to.deep.equal({ member: true, name: null })
    type(await find<HTMLInputElement>(element, '#sign-in-name'), 'Bob')
    await sendKeys({ press: 'Enter' })
    await saying(element, 'You are signed in as Bob.')
    expect(element.shadowRoot?.querySelector('dialog')).to.equal(null)
    expect(await me()).to.deep.include({ name: 'Bob', member: true, signsInBy: ['mail'] })
    await find(element, '.me')
  })

  it('is still so after a reload, and a draft lives through it', async () => {
    await arrange(site, { guests: false })
    const element = await commentsOf(url)
    type(fieldOf(await composerOf(element)), 'Before I was in')
    ;(await buttonSaying(element, 'Sign in to post')).click()
    await find(element, '#sign-in-mail')
    element.shadowRoot?.querySelector('dialog')?.close()
    await until(() => !element.shadowRoot?.querySelector('dialog'), 'its end')
    await enter(element)
    type(await find<HTMLInputElement>(element, '#sign-in-name'), 'Bob')
    await sendKeys({ press: 'Enter' })
    await saying(element, 'You are signed in as Bob.')
    fixtureCleanup()
    const again = await commentsOf(url)
    const form = await composerOf(again)
    expect(fieldOf(form).value).to.equal('Before I was in')
    ;(await buttonSaying(again, 'Post')).click()
    const posted = async () =>
      (await say<Thread>(site, 'GET', `threads?url=${encodeURIComponent(url)}`, undefined, token())).data[0]
    const { author } = await until(posted, 'the comment')
    expect(author).to.deep.include({ name: 'Bob', badge: 'member' })
  })

  it('says that a code is wrong, and when another is needed', async () => {
    const element = await commentsOf(url)
    const field = await askForCode(element)
    const code = await mailed()
    const wrong = code === '000000' ? '111111' : '000000'
    for (let tries = 0; tries < 4; tries++) {
      type(field, wrong)
      const left = tries === 3 ? '1 more try' : `${4 - tries} more tries`
      await saying(element, `That is not the code. ${left}.`)
      await until(() => field.value === '', 'an empty field')
      expect(element.shadowRoot?.activeElement).to.equal(field)
    }
    type(field, wrong)
    await saying(element, 'This code does not work any more. Have another one sent.')
    expect((await buttonSaying(element, 'Send another code')).hasAttribute('disabled')).to.equal(true)
    ;(await buttonSaying(element, 'Another address')).click()
    expect((await find<HTMLInputElement>(element, '#sign-in-mail')).value).to.equal(mail)
  })

  it('says that an address is none', async () => {
    const element = await commentsOf(url)
    await signIn(element)
    type(await find<HTMLInputElement>(element, '#sign-in-mail'), 'bob at home')
    await sendKeys({ press: 'Enter' })
    await saying(element, 'This is not a mail address.')
  })

  it('makes what a guest did a new member’s own without asking', async () => {
    const guest = newToken()
    await comment('As a guest', 'Bob', guest)
    localStorage.setItem(key('token'), guest)
    const element = await commentsOf(url)
    ;(await find(element, '.me')).click()
    ;(await buttonSaying(element, 'Sign in', 'dialog')).click()
    type(await find<HTMLInputElement>(element, '#sign-in-mail'), mail)
    await sendKeys({ press: 'Enter' })
    await find(element, '#sign-in-code')
    type(await find<HTMLInputElement>(element, '#sign-in-code'), await mailed())
    await saying(element, 'You are signed in as Bob.')
    expect(token()).not.to.equal(guest)
    expect((await me()).name).to.equal('Bob')
  })

  for (const theirs of [true, false])
    it(`asks a known member whether the guest was ${theirs ? 'them: it was' : 'them: it was not'}`, async () => {
      const first = await commentsOf(url)
      await enter(first)
      type(await find<HTMLInputElement>(first, '#sign-in-name'), 'Alice')
      await sendKeys({ press: 'Enter' })
      await saying(first, 'You are signed in as Alice.')
      const member = await me()
      fixtureCleanup()
      const guest = newToken()
      localStorage.setItem(key('token'), guest)
      await comment('One', 'Somebody', guest)
      await comment('Two', 'Somebody', guest)
      const element = await commentsOf(url)
      ;(await find(element, '.me')).click()
      ;(await buttonSaying(element, 'Sign in', 'dialog')).click()
      type(await find<HTMLInputElement>(element, '#sign-in-mail'), mail)
      await sendKeys({ press: 'Enter' })
      await find(element, '#sign-in-code')
      const before = await mailed()
      type(await find<HTMLInputElement>(element, '#sign-in-code'), before)
      await saying(element, 'On this browser 2 comments were written as Somebody.')
      expect((await me()).id).to.equal(member.id)
      ;(await buttonSaying(element, theirs ? 'Make it mine' : 'That was not me')).click()
      await saying(element, 'You are signed in as Alice.')
      const { data } = await say<Thread>(
        site,
        'GET',
        `threads?url=${encodeURIComponent(url)}`,
        undefined,
        token(),
      )
      expect(new Set(data.map(({ author }) => author?.name))).to.deep.equal(
        new Set([theirs ? 'Alice' : 'Somebody']),
      )
      expect(localStorage.getItem(key('guest'))).to.equal(null)
    })

  /** A window of the server's, which says this to the page. */
  function popUp(says: object | undefined, from = new URL(server).origin): URL[] {
    const opened: URL[] = []
    window.open = (address) => {
      opened.push(new URL(String(address)))
      const frame = document.createElement('iframe')
      frame.src = `${from}/test/pages/none`
      document.body.append(frame)
      const source = frame.contentWindow as Window
      // A frame of another origin cannot be made to speak from here: it is spoken for.
      setTimeout(() => {
        if (says) window.dispatchEvent(new MessageEvent('message', { data: says, origin: from, source }))
        else frame.remove()
      }, 50)
      return source
    }
    return opened
  }

  /** The exchange of a ticket at the server, without a provider. */
  function exchange(answer: () => Promise<object>): { ticket: string; verifier: string }[] {
    const asked: { ticket: string; verifier: string }[] = []
    window.fetch = async (input, init) => {
      if (!String(input).endsWith('/v1/sign-in/ticket')) return real(input, init)
      asked.push(JSON.parse(String(init?.body)))
      return Response.json(await answer())
    }
    return asked
  }

  it('takes the word of a window that it opened, with a verifier that nobody else knows', async () => {
    const other = await commentsOf(url)
    await enter(other)
    type(await find<HTMLInputElement>(other, '#sign-in-name'), 'Alice')
    await sendKeys({ press: 'Enter' })
    await saying(other, 'You are signed in as Alice.')
    const session = { token: token(), expiresAt: '', me: await me(), guest: null }
    fixtureCleanup()
    localStorage.clear()
    const element = await commentsOf(url)
    const opened = popUp({ type: 'grapevine-ticket', ticket: 'tk_1' })
    const asked = exchange(async () => session)
    await signIn(element)
    ;(await buttonSaying(element, 'Use a passkey')).click()
    await saying(element, 'You are signed in as Alice.')
    const query = opened[0]?.searchParams
    expect(opened[0]?.pathname).to.equal('/widgets/sign-in/passkey')
    expect(query?.get('site')).to.equal(site.pk)
    expect(query?.get('origin')).to.equal(location.origin)
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(asked[0]?.verifier))
    const bytes = String.fromCharCode(...new Uint8Array(hash))
    expect(btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace('=', '')).to.equal(
      query?.get('challenge'),
    )
    expect(opened[0]?.href).not.to.include(asked[0]?.verifier)
  })

  it('listens to nobody else, and notices that the window was closed', async () => {
    const element = await commentsOf(url)
    const asked = exchange(async () => ({}))
    popUp(undefined)
    await signIn(element)
    const click = await buttonSaying(element, 'Use a passkey')
    click.click()
    window.postMessage({ type: 'grapevine-ticket', ticket: 'forged' }, '*')
    window.dispatchEvent(
      new MessageEvent('message', {
        data: { type: 'grapevine-ticket', ticket: 'forged' },
        origin: new URL(server).origin,
        source: window,
      }),
    )
    await saying(element, 'The window was closed before you were signed in.')
    expect(asked).to.deep.equal([])
    popUp({ type: 'grapevine-sign-in-failed', fault: 'denied' })
    click.click()
    await saying(element, 'You said no. Nothing has happened.')
    window.open = () => null
    click.click()
    await saying(element, 'Your browser did not let the window open.')
  })

  it('takes the page’s word, asks the server once for the same, and forgets when the page says so', async () => {
    const secret = 'a secret of more than thirty-two letters'
    await change({ sso: { secret } })
    const element = await commentsOf(url)
    const asked: string[] = []
    window.fetch = (input, init) => {
      asked.push(new URL(String(input)).pathname)
      return real(input, init)
    }
    const claims = { sub: 'u1', aud: site.pk, name: 'Hana' }
    expect((await identify({ token: await jwt(secret, claims) }))?.name).to.equal('Hana')
    await find(element, '.me')
    const [, again] = [
      await identify({ token: await jwt(secret, { ...claims, iat: 1 }) }),
      await identify({ token: await jwt(secret, claims) }),
    ]
    expect(again?.member).to.equal(true)
    expect(asked.filter((path) => path.endsWith('/sso')).length).to.equal(1)
    await identify({ token: null })
    await until(() => !element.shadowRoot?.querySelector('.me'), 'nobody')
    expect(token()).to.equal('')
    const failed = oneEvent(document, 'grapevine-error')
    expect(await identify({ token: await jwt('another secret of thirty-two letters!', claims) })).to.equal(
      null,
    )
    expect((await failed).detail.code).to.be.a('string')
  })

  const account = async (element: GrapevineComments) => {
    ;(await find(element, '.me')).click()
    await find(element, '#account-name')
  }

  /** Somebody who has signed in. */
  async function member(): Promise<GrapevineComments> {
    const element = await commentsOf(url)
    await enter(element)
    type(await find<HTMLInputElement>(element, '#sign-in-name'), 'Bob')
    await sendKeys({ press: 'Enter' })
    await saying(element, 'You are signed in as Bob.')
    return element
  }

  it('changes one’s name, and says why where it cannot be', async () => {
    await comment('Mine', 'Alice', newToken())
    const element = await member()
    await account(element)
    type(await find<HTMLInputElement>(element, '#account-name'), 'Robert')
    await sendKeys({ press: 'Enter' })
    await until(async () => (await me()).name === 'Robert', 'the name')
    await until(
      () => element.shadowRoot?.querySelector('.me')?.textContent?.includes('Robert'),
      'it is shown',
    )
    type(await find<HTMLInputElement>(element, '#account-name'), '\u202e')
    await sendKeys({ press: 'Enter' })
    await until(() => element.shadowRoot?.querySelector('#account-name[aria-invalid=true]'), 'the refusal')
  })

  it('takes a picture, makes it small, and takes it away again', async () => {
    const element = await member()
    await account(element)
    const canvas = document.createElement('canvas')
    canvas.width = 1200
    canvas.height = 800
    canvas.getContext('2d')?.fillRect(0, 0, 600, 800)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
    const files = new DataTransfer()
    files.items.add(new File([blob as Blob], 'me.png', { type: 'image/png' }))
    const portrait = await find(element, '.portrait')
    portrait.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }))
    await until(async () => (await me()).avatar, 'the picture')
    const shown = await find<HTMLImageElement>(element, '.portrait img')
    await until(() => shown.naturalWidth > 0, 'that it is shown')
    ;(await buttonSaying(element, 'Remove', '.portrait')).click()
    await until(async () => (await me()).avatar === null, 'that it is gone')
    await find(element, '.portrait svg.face')
    await saying(element, 'Your picture is gone.')
    await until(() => !element.shadowRoot?.querySelector('.portrait .link'), 'no picture to remove')
    const none = new DataTransfer()
    none.items.add(new File(['no picture'], 'me.png', { type: 'image/png' }))
    portrait.dispatchEvent(new DragEvent('drop', { dataTransfer: none, bubbles: true, cancelable: true }))
    await saying(element, 'This is no picture that we can read.')
  })

  it('signs out', async () => {
    const element = await member()
    const before = token()
    await account(element)
    ;(await buttonSaying(element, 'Sign out')).click()
    await saying(element, 'You are signed out.')
    await until(() => !element.shadowRoot?.querySelector('.me'), 'nobody')
    expect(token()).to.equal('')
    // What was ended elsewhere is found out at the next request.
    localStorage.setItem(key('token'), before)
    await element.reloadMine()
    expect(token()).to.equal('')
  })

  for (const scheme of ['light', 'dark'] as const)
    it(`is accessible in ${scheme}`, async () => {
      await emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      document.body.style.cssText = scheme === 'dark' ? 'background:#16181c;color:#e6e8eb' : ''
      const element = await commentsOf(url)
      await signIn(element)
      await dialogOf(element)
      await expect(element).shadowDom.to.be.accessible()
      type(await find<HTMLInputElement>(element, '#sign-in-mail'), mail)
      await sendKeys({ press: 'Enter' })
      const field = await find<HTMLInputElement>(element, '#sign-in-code')
      await expect(element).shadowDom.to.be.accessible()
      type(field, await mailed())
      await find(element, '#sign-in-name')
      await expect(element).shadowDom.to.be.accessible()
      ;(await buttonSaying(element, 'Later')).click()
      await until(() => !element.shadowRoot?.querySelector('dialog'), 'its end')
      await account(element)
      await expect(element).shadowDom.to.be.accessible()
      document.body.removeAttribute('style')
    })

  it('speaks Chinese', async () => {
    document.documentElement.lang = 'zh'
    const element = await commentsOf(url)
    ;(await buttonSaying(element, '登录')).click()
    await find(element, '#sign-in-mail')
    expect(textOf(element)).to.include('发送验证码')
  })
})
