import { expect } from '@open-wc/testing'
import type { Comment, Mine, Thread } from '../../server/contract/comments.ts'
import type { GrapevineComments } from '../../widgets/comments/grapevine-comments.ts'
import { arrange } from './comments-stage.ts'
import { newSite, openPage, type PageWindow, server, startAfresh, type TestSite, tag, until } from './page.ts'

const AT_ONCE = 60

let site: TestSite
let payloads: string[]

interface Guarded {
  page: PageWindow
  /** What tried to run, or to be made of strings. */
  tried: string[]
}

/** A page under a policy that lets no script in but ours: it hears of every other that tried to run. */
async function guarded(types = "; require-trusted-types-for 'script'"): Promise<Guarded> {
  const policy = `script-src ${new URL(server).origin}; object-src 'none'; style-src 'self'${types}`
  const page = await openPage(`<meta http-equiv="Content-Security-Policy" content="${policy}">${tag(site)}`)
  const tried: string[] = []
  page.document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sample, blockedURI }) => {
    tried.push(`${effectiveDirective} ${blockedURI} ${sample}`)
  })
  for (const name of ['alert', 'confirm', 'prompt', 'print'] as const)
    page[name] = () => {
      tried.push(name)
      return null as never
    }
  return { page, tried }
}

/** A comment that carries a payload wherever it can, as a server that has been taken over would send it. */
const carrying = (payload: string, id: number): Comment => ({
  id: `c${id}`,
  parent: null,
  depth: 0,
  author: { id: payload, name: payload, badge: null, avatar: id % 3 ? null : payload },
  state: 'visible',
  body: [
    { t: 'p', c: [payload, { t: 'link', href: payload, c: [payload] }, { t: 'code', text: payload }] },
    {
      t: 'p',
      c: [
        { t: 'mention', id: payload, name: payload },
        { t: 'image', src: payload, alt: payload },
      ],
    },
    { t: 'quote', c: [{ t: 'p', c: [{ t: 'em', c: [payload] }] }] },
    { t: 'pre', lang: payload, text: payload },
    { t: 'pre', lang: 'html', text: payload },
  ],
  at: new Date().toISOString(),
  editedAt: null,
  ups: 0,
  downs: 0,
  reactions: [{ emoji: payload, count: 1 }],
  pinned: false,
  accepted: null,
  status: { status: 'declined', note: payload },
  anchor: { exact: payload, prefix: '', suffix: '' },
  replies: 0,
  below: 0,
  next: null,
})

const threadOf = (data: Comment[]): Thread => ({
  url: 'https://example.org/',
  count: data.length,
  mode: 'ideas',
  state: 'open',
  closesAt: null,
  sort: 'best',
  offered: { reactions: ['👍'], votes: 'both', editMinutes: 15, annotations: true },
  ways: { guests: true, mail: true, passkeys: false, sso: false, providers: [] },
  data,
  next: null,
})

const strange = (payload: string): Mine => ({
  person: { id: 'me', name: payload, badge: null, avatar: payload },
  member: true,
  may: { moderate: false, hold: false, vouch: false, accept: false },
  votes: {},
  reactions: {},
  own: [],
  held: [],
})

describe('what somebody writes to harm readers', () => {
  before(async function () {
    const files = ['xss/proven-live.json', 'xss/dompurify.json']
    const texts = await Promise.all(files.map(async (file) => (await fetch(`/test/corpora/${file}`)).text()))
    if (texts.some((text) => text === '')) this.skip()
    payloads = texts.flatMap((text) =>
      (JSON.parse(text) as { payload: string }[]).map(({ payload }) => payload),
    )
    site = await newSite()
  })

  beforeEach(startAfresh)

  it('runs where a page is careless, as the detector sees', async () => {
    const { page, tried } = await guarded('')
    const place = page.document.createElement('div')
    page.document.body.append(place)
    for (const payload of payloads.filter((text) => /onerror|onload|<script/i.test(text)).slice(0, 50)) {
      place.innerHTML = payload
    }
    await until(() => tried.length > 10, 'what tries to run')
  })

  it('is text wherever comments show it', async () => {
    const { page, tried } = await guarded()
    let shown: Comment[] = []
    const real = page.fetch.bind(page)
    page.fetch = async (input, init) => {
      const { pathname } = new URL(String(input))
      const answer = pathname.endsWith('/threads/mine')
        ? strange(shown[0]?.author?.name ?? '')
        : pathname.endsWith('/threads')
          ? threadOf(shown)
          : undefined
      return answer ? new Response(JSON.stringify(answer)) : real(input, init)
    }
    page.localStorage.setItem(`grapevine:${site.pk.slice(3, 9)}:token`, `pt_${'x'.repeat(32)}`)
    for (let from = 0; from < payloads.length; from += AT_ONCE) {
      shown = payloads.slice(from, from + AT_ONCE).map((payload, at) => carrying(payload, from + at))
      const element = page.document.createElement('grapevine-comments')
      element.setAttribute('eager', '')
      page.document.body.append(element)
      const root = await until(() => element.shadowRoot, 'the element')
      await until(() => root.querySelectorAll('article').length === shown.length, `comments from ${from}`)
      const text = root.querySelector('article .text p')?.textContent
      expect(text).to.contain(shown[0]?.author?.name)
      expect([...root.querySelectorAll('script, iframe, object, embed, form, [onerror], [onload], [srcdoc]')])
        .to.be.empty
      for (const link of root.querySelectorAll<HTMLAnchorElement>('a'))
        expect(link.protocol).to.match(/^(https?|mailto):$/)
      element.remove()
    }
    expect(tried).to.deep.equal([])
  }).timeout(60_000)

  it('is text where it is written, previewed, posted and changed', async () => {
    await arrange(site, { policy: 'open', proofOfWork: 'never', perMinute: 100, editMinutes: -1 })
    const { page, tried } = await guarded()
    const element = page.document.createElement('grapevine-comments')
    element.setAttribute('eager', '')
    page.document.body.append(element)
    const root = await until(() => element.shadowRoot, 'the element')
    const find = <E extends HTMLElement>(selector: string, what = selector) =>
      until(() => root.querySelector<E>(selector), what)
    const write = (field: HTMLInputElement | HTMLTextAreaElement, words: string) => {
      field.value = words
      field.dispatchEvent(new page.InputEvent('input', { bubbles: true, composed: true }))
    }
    const harmless = () =>
      expect([...root.querySelectorAll('script, iframe, object, embed, [onerror], [onload], [srcdoc]')]).to.be
        .empty
    page.focus()
    ;(await find<HTMLTextAreaElement>('.page textarea')).focus()
    const form = await find<HTMLFormElement>('.page form.composer')
    const field = await find<HTMLTextAreaElement>('.page form.composer textarea')
    const turn = () => form.querySelector<HTMLButtonElement>('[data-show]')?.click()
    for (const payload of payloads) {
      write(field, payload)
      await (element as GrapevineComments).updateComplete
      turn()
      const refused = () => form.querySelector('.refusal')?.textContent?.trim()
      await until(() => root.querySelector('.preview') || refused(), `the preview of ${payload}`)
      harmless()
      if (refused()) continue
      turn()
      await until(() => !root.querySelector('.preview'), 'the field')
    }
    // As one guest after another, each called by what they write.
    const shown = () => root.querySelectorAll('.list article').length
    for (const [at, payload] of payloads.filter((_, at) => at % 12 === 0).entries()) {
      page.localStorage.removeItem(`grapevine:${site.pk.slice(3, 9)}:token`)
      page.document.dispatchEvent(new page.CustomEvent('grapevine-signed-in', { detail: {} }))
      await until(() => root.querySelector('.page [autocomplete=nickname]'), 'nobody')
      const before = shown()
      write(field, `${at} ${payload}`)
      const name = await find<HTMLInputElement>('.page [autocomplete=nickname]')
      await (element as GrapevineComments).updateComplete
      write(name, `${payload.replace(/\s+/g, ' ').slice(0, 50)} ${at}`)
      form.requestSubmit()
      await until(() => shown() > before || form.querySelector('.refusal')?.textContent?.trim(), payload)
      if (shown() === before) {
        write(name, `Mallory ${at}`)
        form.requestSubmit()
        await until(() => shown() > before, `${payload} by another name`)
      }
      await until(() => form.getAttribute('aria-busy') === 'false', 'its end')
      harmless()
    }
    ;(await find('.list [data-act=menu]')).click()
    const items = () => [...root.querySelectorAll<HTMLElement>('.menu button')]
    const edit = await until(
      () => items().find(({ textContent }) => textContent?.trim() === 'Edit'),
      'the menu',
    )
    edit.click()
    const change = await find<HTMLTextAreaElement>('article .writing textarea')
    write(change, payloads.slice(0, 20).join('\n\n'))
    change.form?.requestSubmit()
    await until(() => !root.querySelector('article .writing'), 'the change')
    harmless()
    expect(tried).to.deep.equal([])
  }).timeout(120_000)
})
