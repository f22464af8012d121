import { expect, fixtureCleanup, oneEvent } from '@open-wc/testing'
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands'
import { COMMENT_LENGTH } from '../../server/contract/comment-limits.ts'
import type { Posted, Thread } from '../../server/contract/comments.ts'
import { DraftKeeper } from '../../widgets/comments/drafts.ts'
import {
  arrange,
  buttonSaying,
  commentsOf,
  composerOf,
  fieldOf,
  find,
  newPage,
  newToken,
  openStage,
  say,
  saying,
  textOf,
  type,
} from './comments-stage.ts'
import { startAfresh, type TestSite, until } from './page.ts'

let site: TestSite
let url: string

const threadOf = () =>
  say<Thread>(site, 'GET', `threads?url=${encodeURIComponent(url)}`, undefined, newToken())
const post = async (body: string, more: object = {}, token = newToken()) =>
  (await say<Posted>(site, 'POST', 'comments', { url, body, name: 'Alice', ...more }, token)).comment
const down = () => fetch('/test/down')
const up = () => fetch('/test/up')

/** Presses a key while others are held. */
async function press(key: string, ...held: string[]): Promise<void> {
  for (const each of held) await sendKeys({ down: each })
  await sendKeys({ press: key })
  for (const each of held.reverse()) await sendKeys({ up: each })
}

const nameField = (element: Element) => find<HTMLInputElement>(element, '.page [autocomplete=nickname]')
const send = (element: Element) =>
  find(element, '.page .composer [type=submit]').then((button) => button.click())

/** Writes a comment as a guest. */
async function write(element: Element, body: string, name = 'Bob'): Promise<HTMLTextAreaElement> {
  const field = fieldOf(await composerOf(element))
  type(field, body)
  if (name) type(await nameField(element), name)
  await send(element)
  return field
}

describe('writing comments', () => {
  beforeEach(async () => {
    startAfresh()
    site = await openStage()
    url = newPage()
    await arrange(site, { policy: 'open', proofOfWork: 'never' })
    await emulateMedia({ reducedMotion: 'reduce' })
  })
  afterEach(async () => {
    await up()
    fixtureCleanup()
    document.documentElement.lang = 'en'
    await setViewport({ width: 800, height: 600 })
    await emulateMedia({ colorScheme: 'light' })
  })

  it('takes a guest’s comment by a name and nothing else, by keys alone', async () => {
    const element = await commentsOf(url)
    const field = fieldOf(await composerOf(element))
    await sendKeys({ type: 'Hello *there*' })
    type(await nameField(element), 'Bob')
    field.focus()
    const told = oneEvent(element, 'grapevine-commented')
    await press('Enter', 'Control')
    const { detail } = await told
    await until(() => element.shadowRoot?.querySelector('.text em'), 'the comment')
    const { data } = await threadOf()
    expect(data[0]).to.deep.include({ id: detail.id, parent: null })
    expect(data[0]?.author?.name).to.equal('Bob')
    expect(fieldOf(await composerOf(element)).value).to.equal('')
    await saying(element, 'As Bob')
    const focused = () => element.shadowRoot?.activeElement?.closest('li')?.dataset.id === detail.id
    await until(focused, 'the focus on the comment')
  })

  it('shows a comment at once, as one that is on its way', async () => {
    const element = await commentsOf(url)
    const real = window.fetch
    let go = () => {}
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    window.fetch = async (input, init) => {
      if (String(input).endsWith('/v1/comments')) await gate
      return real(input, init)
    }
    try {
      await write(element, 'On its way')
      await saying(element, 'Being sent')
      expect((await threadOf()).count).to.equal(0)
      go()
      await until(() => !textOf(element).includes('Being sent'), 'its arrival')
      expect((await threadOf()).count).to.equal(1)
    } finally {
      window.fetch = real
    }
  })

  it('keeps the text when the server fails, says so, and posts once however often it is tried', async () => {
    const element = await commentsOf(url)
    await composerOf(element)
    const real = window.fetch
    const keys: string[] = []
    // The server takes it, and its answer is lost on the way.
    window.fetch = async (input, init) => {
      const answer = await real(input, init)
      if (!String(input).endsWith('/v1/comments') || keys.length === 2) return answer
      keys.push(new Headers(init?.headers).get('Idempotency-Key') ?? '')
      if (keys.length === 1) throw new TypeError('Failed to fetch')
      return answer
    }
    try {
      const field = await write(element, 'Once and no more')
      await saying(element, 'Your comment was not sent; your text is kept. The server cannot be reached.')
      expect(field.value).to.equal('Once and no more')
      ;(await buttonSaying(element, 'Try again')).click()
      await until(() => element.shadowRoot?.querySelector('.list article'), 'the comment')
      expect(new Set(keys).size).to.equal(1)
      expect((await threadOf()).count).to.equal(1)
    } finally {
      window.fetch = real
    }
  })

  it('keeps a draft over a failure and a reload, until the server has it', async () => {
    const element = await commentsOf(url)
    await composerOf(element)
    await down()
    await write(element, 'Not lost')
    await saying(element, 'The server cannot be reached.')
    await up()
    fixtureCleanup()
    const again = await commentsOf(url)
    // Whoever comes back sees it before anything more is loaded.
    expect((await find<HTMLTextAreaElement>(again, '.page textarea')).value).to.equal('Not lost')
    const field = fieldOf(await composerOf(again))
    expect(field.value).to.equal('Not lost')
    expect((await nameField(again)).value).to.equal('Bob')
    await send(again)
    await until(() => again.shadowRoot?.querySelector('.list article'), 'the comment')
    fixtureCleanup()
    expect(fieldOf(await composerOf(await commentsOf(url))).value).to.equal('')
    expect(Object.keys(localStorage).some((key) => key.includes('draft:'))).to.equal(false)
  })

  it('keeps a draft for each place that is written at', async () => {
    const parent = await post('A question')
    const element = await commentsOf(url)
    type(fieldOf(await composerOf(element)), 'For the page')
    ;(await find(element, '[data-act=reply]')).click()
    const reply = await find<HTMLTextAreaElement>(element, 'li .writing form textarea')
    expect(reply.getAttribute('aria-label')).to.equal('Your reply to Alice')
    type(reply, 'For Alice')
    await sendKeys({ press: 'Escape' })
    await saying(element, 'What you wrote is kept here.')
    expect(element.shadowRoot?.querySelector('li .writing')).to.equal(null)
    const focused = () => element.shadowRoot?.activeElement?.matches('[data-act=reply]')
    await until(focused, 'the focus where it was')
    ;(await find(element, '[data-act=reply]')).click()
    const again = await find<HTMLTextAreaElement>(element, 'li .writing form textarea')
    expect(again.value).to.equal('For Alice')
    type(await find<HTMLInputElement>(element, 'li .writing [autocomplete=nickname]'), 'Bob')
    ;(await find(element, 'li .writing [type=submit]')).click()
    await until(
      async () => (await threadOf()).data.some((comment) => comment.parent === parent.id),
      'the reply',
    )
    expect(fieldOf(await composerOf(element)).value).to.equal('For the page')
  })

  it('stores nothing where nothing may be stored, and takes a comment all the same', async () => {
    site = await openStage({ consent: 'required' })
    await arrange(site, { policy: 'open', proofOfWork: 'never' })
    const element = await commentsOf(url)
    await write(element, 'Without a trace')
    await until(() => element.shadowRoot?.querySelector('.list article'), 'the comment')
    await saying(element, 'As Bob')
    expect(localStorage.length).to.equal(0)
  })

  it('says how much room is left before anything is lost, and cuts nothing', async () => {
    const element = await commentsOf(url)
    const field = fieldOf(await composerOf(element))
    type(field, 'a'.repeat(COMMENT_LENGTH - 600))
    expect(textOf(element)).not.to.include('left')
    type(field, 'a'.repeat(COMMENT_LENGTH - 10))
    await saying(element, '10 characters left')
    type(field, 'a'.repeat(COMMENT_LENGTH + 7))
    await saying(element, '7 characters too many')
    expect(field.value.length).to.equal(COMMENT_LENGTH + 7)
    expect(field.getAttribute('aria-invalid')).to.equal('true')
    await send(element)
    expect((await threadOf()).count).to.equal(0)
    expect(field.value.length).to.equal(COMMENT_LENGTH + 7)
  })

  it('refuses nothing silently: an empty comment, a comment of nobody', async () => {
    const element = await commentsOf(url)
    await write(element, '  ', '')
    await saying(element, 'Write something first.')
    type(fieldOf(await composerOf(element)), 'Hello')
    await send(element)
    await saying(element, 'Tell us what to call you.')
    const name = await nameField(element)
    await until(() => element.shadowRoot?.activeElement === name, 'the focus on the name')
    expect(name.getAttribute('aria-invalid')).to.equal('true')
  })

  it('says that a comment waits for a moderator', async () => {
    await arrange(site, { policy: 'all_held' })
    const element = await commentsOf(url)
    await write(element, 'Please let me in')
    await saying(element, 'Your comment waits for a moderator.')
    await saying(element, 'Waiting for a moderator: only you see it')
    expect((await threadOf()).count).to.equal(0)
  })

  it('does the work that a doubting server asks for', async () => {
    await arrange(site, { proofOfWork: 'guests' })
    const element = await commentsOf(url)
    await write(element, 'I am no robot')
    await until(() => element.shadowRoot?.querySelector('.list article .text p'), 'the comment')
    await until(async () => (await threadOf()).count === 1, 'the comment at the server')
  })

  it('shows a preview, as it will be shown', async () => {
    const element = await commentsOf(url)
    const field = fieldOf(await composerOf(element))
    type(field, '**Bold** <b>not</b>')
    ;(await buttonSaying(element, 'Preview')).click()
    const preview = await find(element, '.preview')
    expect(preview.querySelector('strong')?.textContent).to.equal('Bold')
    expect(preview.textContent).to.include('<b>not</b>')
    expect(field.hidden).to.equal(true)
    ;(await buttonSaying(element, 'Write on')).click()
    await until(() => element.shadowRoot?.activeElement === field, 'the focus in the field')
    expect(field.value).to.equal('**Bold** <b>not</b>')
  })

  it('completes whom one calls, by keys', async () => {
    const token = newToken()
    await post('I am here', { name: 'Ada Lovelace' }, token)
    await post('Me too', { name: 'Adam' })
    const element = await commentsOf(url)
    const field = fieldOf(await composerOf(element))
    await sendKeys({ type: 'Hello @ad' })
    const list = await find(element, '[role=listbox]')
    await until(() => list.children.length === 2, 'both')
    expect(field.getAttribute('aria-controls')).to.equal(list.id)
    const chosen = () => element.shadowRoot?.getElementById(field.getAttribute('aria-activedescendant') ?? '')
    const names = [...list.children].map((option) => option.textContent?.trim())
    expect(chosen()?.textContent?.trim()).to.equal(names[0])
    await sendKeys({ press: 'ArrowDown' })
    expect(chosen()?.textContent?.trim()).to.equal(names[1])
    await sendKeys({ press: 'ArrowDown' })
    await sendKeys({ press: 'Enter' })
    expect(field.value).to.equal(`Hello @${names[0]} `)
    await until(() => !element.shadowRoot?.querySelector('[role=listbox]'), 'the end of the list')
    await sendKeys({ type: '@ad' })
    await find(element, '[role=listbox]')
    await sendKeys({ press: 'Escape' })
    expect(element.shadowRoot?.querySelector('[role=listbox]')).to.equal(null)
    expect(field.value).to.equal(`Hello @${names[0]} @ad`)
    expect(field.hasAttribute('aria-activedescendant')).to.equal(false)
  })

  it('changes a comment, and knows what it said before', async () => {
    const element = await commentsOf(url)
    await write(element, 'Frist')
    await until(async () => (await threadOf()).count === 1, 'the comment')
    const edit = async () => {
      ;(await find(element, '[data-act=menu]')).click()
      ;(await buttonSaying(element, 'Edit', '.menu')).click()
      return find<HTMLTextAreaElement>(element, 'article .writing textarea')
    }
    const field = await edit()
    expect(field.value).to.equal('Frist')
    type(field, 'First')
    ;(await buttonSaying(element, 'Save')).click()
    const shown = () => element.shadowRoot?.querySelector('.list .text')?.textContent?.trim()
    await until(() => shown() === 'First', 'the change')
    await saying(element, 'edited')
    await edit()
    await saying(element, 'What it said before')
    expect(element.shadowRoot?.querySelector('details pre')?.textContent).to.equal('Frist')
  })

  it('quotes what is answered', async () => {
    await post('Two lines\nof *text*')
    const element = await commentsOf(url)
    ;(await find(element, '[data-act=menu]')).click()
    ;(await buttonSaying(element, 'Quote', '.menu')).click()
    const field = await find<HTMLTextAreaElement>(element, 'li .writing form textarea')
    expect(field.value).to.equal('> Two lines\n> of text\n\n')
  })

  it('quotes the words that are selected', async () => {
    await post('Some words of many')
    const element = await commentsOf(url)
    const nodes = [...(await find(element, '.text p')).childNodes]
    const text = nodes.find((node) => node instanceof Text && node.data.includes('words')) as Text
    const words = text.data.indexOf('words')
    getSelection()?.setBaseAndExtent(text, words, text, words + 'words'.length)
    ;(await find(element, '[data-act=menu]')).click()
    ;(await buttonSaying(element, 'Quote', '.menu')).click()
    const field = await find<HTMLTextAreaElement>(element, 'li .writing form textarea')
    expect(field.value).to.equal('> words\n\n')
  })

  it('speaks of a passage, unless one would rather not', async () => {
    const element = await commentsOf(url)
    await composerOf(element)
    const anchor = { exact: 'a passage of the page', prefix: '', suffix: '' }
    await element.write({ anchor })
    await until(() => element.shadowRoot?.querySelector('.composer .passage'), 'the passage')
    ;(await buttonSaying(element, 'Do not speak of this passage')).click()
    await until(() => !element.shadowRoot?.querySelector('.composer .passage'), 'none')
    await element.write({ anchor })
    await write(element, 'About this')
    await until(async () => (await threadOf()).data[0]?.anchor?.exact === anchor.exact, 'the comment on it')
    expect(element.shadowRoot?.querySelector('.composer .passage')).to.equal(null)
  })

  it('lets whoever has to sign in first write, and keeps it', async () => {
    await arrange(site, { guests: false })
    const element = await commentsOf(url)
    type(fieldOf(await composerOf(element)), 'Kept until I am in')
    await saying(element, 'Here one signs in to comment.')
    expect(element.shadowRoot?.querySelector('.page [type=submit]')).to.equal(null)
    ;(await buttonSaying(element, 'Sign in to post')).click()
    await find(element, 'dialog[open]')
    expect(fieldOf(await composerOf(element)).value).to.equal('Kept until I am in')
  })

  for (const scheme of ['light', 'dark'] as const)
    it(`is accessible in ${scheme}`, async () => {
      document.body.style.cssText = scheme === 'dark' ? 'background:#16181c;color:#e6e8eb' : ''
      await emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await post('Something to answer')
      const element = await commentsOf(url)
      await write(element, 'Hello', '')
      await saying(element, 'Tell us what to call you.')
      await find(element, '.check input').then((box) => box.click())
      ;(await find(element, '[data-act=reply]')).click()
      await find(element, 'li .writing form textarea')
      await expect(element).shadowDom.to.be.accessible()
      document.body.removeAttribute('style')
    })

  it('keeps any text as it was written', async function () {
    const known = await (await fetch('/test/corpora/text/blns.json')).text()
    if (!known) this.skip()
    const strings = (JSON.parse(known) as string[]).filter(Boolean)
    const where = { page: url, pageId: '' }
    for (const text of strings) {
      const drafts = new DraftKeeper(where, {})
      drafts.change({ body: text })
      drafts.close()
      expect(new DraftKeeper(where, {}).draft.body).to.equal(text)
    }
    const element = await commentsOf(url)
    const form = await composerOf(element)
    for (const text of strings.slice(0, 40)) {
      type(fieldOf(form), text)
      expect(fieldOf(form).value).to.equal(text.replace(/\r\n?/g, '\n'))
    }
  })

  it('speaks Chinese', async () => {
    document.documentElement.lang = 'zh'
    const element = await commentsOf(url)
    await write(element, '', '')
    await saying(element, '请先写点什么。')
    expect(textOf(element)).not.to.match(/Preview|Your name/)
  })
})
