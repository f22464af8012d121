import { expect, fixture, fixtureCleanup, html, oneEvent } from '@open-wc/testing'
import { sendKeys, setViewport } from '@web/test-runner-commands'
import type { Share } from '../../server/contract/shares.ts'
import '../../widgets/comments/define.ts'
import type { GrapevineComments } from '../../widgets/comments/grapevine-comments.ts'
import { commentsEn } from '../../widgets/locales/comments.en.ts'
import { commentsZhHans } from '../../widgets/locales/comments.zh-Hans.ts'
import { newSite, startAfresh, type TestSite, until } from './page.ts'
import {
  actAs,
  all,
  buttonOf,
  comment,
  configure,
  find,
  newPage,
  newToken,
  openToAll,
  rowOf,
  said,
  say,
  status,
  talk,
} from './talk.ts'

let site: TestSite
let page: string

const focused = (element: GrapevineComments) => element.shadowRoot?.activeElement

describe('<grapevine-comments>', () => {
  before(async () => {
    site = await newSite()
    await openToAll(site)
  })

  beforeEach(async () => {
    startAfresh()
    history.replaceState(null, '', location.pathname + location.search)
    page = newPage()
    configure(site)
    await setViewport({ width: 1000, height: 800 })
  })

  afterEach(() => fixtureCleanup())

  it('shows each comment before its replies, as nested lists, and is accessible in light and dark', async () => {
    const top = await comment(site, page, 'A **bold** claim, see https://example.org/paper')
    const reply = await comment(site, page, '> A bold claim\n\nIndeed.\n\n```js\nlet a = 1\n```', {
      parent: top.id,
    })
    await comment(site, page, 'هذا تعليق باللغة العربية.', { name: 'كريمة' })

    const element = await talk(
      page,
      html`<grapevine-comments url=${page} sort="oldest" eager></grapevine-comments>`,
    )

    expect(said(element)[0]).to.equal('A bold claim, see https://example.org/paper')
    expect((await rowOf(element, reply)).closest('li:has(ol)')?.getAttribute('data-id')).to.equal(top.id)
    expect((await find(element, 'h2')).textContent).to.contain('3 comments')
    const link = await find<HTMLAnchorElement>(element, '.text a')
    expect(link.rel).to.equal('ugc nofollow noopener')
    expect(link.target).to.equal('_blank')
    await expect(element).to.be.accessible()
    const night = new CSSStyleSheet()
    night.replaceSync('body { background: #16141b; color: #eee }')
    document.adoptedStyleSheets.push(night)
    try {
      await find(element, '.dark')
      await expect(element).to.be.accessible()
    } finally {
      document.adoptedStyleSheets.pop()
    }
  })

  it('invites where nobody has spoken yet', async () => {
    const element = await talk(page)
    expect((await find(element, '.empty')).textContent).to.contain(commentsEn.emptyMore)
    await expect(element).to.be.accessible()
  })

  it('says when the comments cannot be had, and tries again', async () => {
    await comment(site, page, 'Still here.')
    await fetch('/test/down')
    try {
      const element = await fixture<GrapevineComments>(
        html`<grapevine-comments url=${page} eager></grapevine-comments>`,
      )
      expect((await find(element, '[role=alert]')).textContent).to.equal(commentsEn.failed)
      await fetch('/test/up')
      ;(await find(element, '.lead')).click()
      await until(() => said(element).includes('Still here.'), 'the comment')
      expect(all(element, '[role=alert]')).to.be.empty
    } finally {
      await fetch('/test/up')
    }
  })

  it('reads nothing until the reader comes near', async () => {
    await comment(site, page, 'Far down.')
    const far = await fixture(
      html`<div><div class="far"></div><grapevine-comments url=${page}></grapevine-comments></div>`,
    )
    const style = new CSSStyleSheet()
    style.replaceSync('.far { block-size: 5000px }')
    document.adoptedStyleSheets.push(style)
    try {
      const element = far.querySelector('grapevine-comments') as GrapevineComments
      await until(() => element.shadowRoot?.querySelector('.ghosts'), 'the shapes')
      expect(element.thread).to.equal(undefined)
      element.scrollIntoView()
      await until(() => said(element).includes('Far down.'), 'the comment')
    } finally {
      document.adoptedStyleSheets.pop()
      scrollTo(0, 0)
    }
  })

  it('goes on at every level, with the focus on what came', async () => {
    const top = await comment(site, page, 'Many answers.')
    for (let i = 1; i <= 5; i++) await comment(site, page, `Answer ${i}`, { parent: top.id })
    const element = await talk(page)
    expect(said(element)).to.deep.equal(['Many answers.', 'Answer 1', 'Answer 2', 'Answer 3'])
    const more = await buttonOf(element, top, 'replies')
    expect(more.textContent?.trim()).to.equal('2 more replies')
    more.click()
    await until(() => said(element).length === 6, 'all of them')
    await until(() => focused(element)?.textContent?.includes('Answer 4'), 'the focus')
    expect(all(element, '[data-act=replies]')).to.be.empty
  })

  it('reads the top level on', async () => {
    for (let i = 1; i <= 52; i++) await comment(site, page, `Remark ${i} of many`)
    const element = await talk(
      page,
      html`<grapevine-comments url=${page} sort="oldest" eager></grapevine-comments>`,
    )
    expect(said(element)).to.have.length(50)
    ;(await find(element, '[data-act=more]')).click()
    await until(() => said(element).length === 52, 'all of them')
    expect(said(element).at(-1)).to.equal('Remark 52 of many')
    await until(() => !element.shadowRoot?.querySelector('[data-act=more]'), 'the end')
  })

  it('opens a comment by its permalink wherever it is, and goes from one to the next', async () => {
    let parent = await comment(site, page, 'Level 0')
    const top = parent
    for (let i = 1; i <= 9; i++) parent = await comment(site, page, `Level ${i}`, { parent: parent.id })
    location.hash = `#grapevine-comment-${parent.id}`
    const element = await talk(page)
    await until(() => focused(element)?.textContent?.includes('Level 9'), 'the comment')
    expect(focused(element)?.parentElement?.classList.contains('asked')).to.equal(true)
    location.hash = `#grapevine-comment-${top.id}`
    await until(() => focused(element)?.textContent?.includes('Level 0'), 'the other one')
    location.hash = '#grapevine-comment-nobody'
    await until(() => status(element) === commentsEn.gone, 'what became of it')
  })

  it('opens what is too deep for a narrow page by itself, and comes back', async () => {
    await setViewport({ width: 380, height: 800 })
    let parent = await comment(site, page, 'Level 0')
    for (let i = 1; i <= 6; i++) parent = await comment(site, page, `Level ${i}`, { parent: parent.id })
    const element = await talk(page)
    expect(said(element)).to.deep.equal(['Level 0', 'Level 1', 'Level 2', 'Level 3'])
    ;(await find(element, '[data-act=branch]')).click()
    await until(() => said(element)[0] === 'Level 3', 'the branch')
    expect(said(element)).to.include('Level 6')
    await expect(element).to.be.accessible()
    ;(await find(element, '.trail button')).click()
    await until(() => said(element)[0] === 'Level 0', 'all of them')
  })

  it('is put in another order', async () => {
    await comment(site, page, 'First')
    await comment(site, page, 'Second')
    const element = await talk(page)
    const order = await find<HTMLSelectElement>(element, 'select')
    order.value = 'oldest'
    order.dispatchEvent(new Event('change'))
    await until(() => said(element)[0] === 'First', 'the oldest first')
    order.value = 'newest'
    order.dispatchEvent(new Event('change'))
    await until(() => said(element)[0] === 'Second', 'the newest first')
  })

  it('folds a branch by key', async () => {
    const top = await comment(site, page, 'A long story.')
    await comment(site, page, 'Indeed.', { parent: top.id })
    const element = await talk(page)
    const fold = await buttonOf(element, top, 'fold')
    expect(fold.getAttribute('aria-expanded')).to.equal('true')
    fold.focus()
    await sendKeys({ press: 'Enter' })
    await until(() => said(element).length === 0, 'nothing')
    expect(fold.getAttribute('aria-expanded')).to.equal('false')
    expect((await rowOf(element, top)).textContent).to.contain('1 reply')
    await sendKeys({ press: 'Enter' })
    await until(() => said(element).length === 2, 'both')
  })

  it('counts a vote at once, and takes it back where the server does not', async () => {
    const top = await comment(site, page, 'Vote on this.')
    const element = await talk(page)
    const up = await buttonOf(element, top, 'up')
    up.click()
    await until(() => up.getAttribute('aria-pressed') === 'true', 'the vote')
    expect(up.textContent?.trim()).to.equal('1')
    await until(async () => {
      const { data } = await (
        await fetch(`/widgets/v1/comments?id=${top.id}`, { headers: { 'x-grapevine-site': site.pk } })
      ).json()
      return data[0].ups === 1
    }, 'the server')
    await fetch('/test/down')
    try {
      const failed = oneEvent(element, 'grapevine-error')
      up.click()
      await failed
      await until(() => up.getAttribute('aria-pressed') === 'true', 'the vote to be back')
      expect(up.textContent?.trim()).to.equal('1')
      await until(() => status(element) === commentsEn.notDone, 'words')
    } finally {
      await fetch('/test/up')
    }
  })

  it('chooses a reaction by keys, and Escape goes back to where one was', async () => {
    const top = await comment(site, page, 'React to this.')
    const element = await talk(page)
    const react = await buttonOf(element, top, 'reactions')
    react.focus()
    await sendKeys({ press: 'Enter' })
    const menu = await find(element, '[role=menu]')
    await until(() => focused(element)?.closest('[role=menu]'), 'the focus')
    await expect(element).to.be.accessible()
    await sendKeys({ press: 'Escape' })
    await until(() => !menu.isConnected, 'the menu to go')
    await until(() => focused(element) === react, 'the button')
    await sendKeys({ press: 'Enter' })
    await until(() => focused(element)?.closest('[role=menu]'), 'the focus')
    await sendKeys({ press: 'ArrowRight' })
    await sendKeys({ press: 'Enter' })
    const chip = await buttonOf(element, top, 'react')
    expect(chip.textContent?.replace(/\s+/g, ' ').trim()).to.equal('❤️ 1')
    expect(chip.getAttribute('aria-pressed')).to.equal('true')
    chip.click()
    await until(async () => !(await rowOf(element, top)).querySelector('[data-act=react]'), 'it to go')
  })

  it('passes a comment on under a code of its own, whose link opens it', async () => {
    const top = await comment(site, page, 'Worth sharing.')
    const element = await talk(page)
    Object.defineProperty(navigator, 'share', { value: undefined, configurable: true })
    let copied = ''
    Object.defineProperty(navigator, 'clipboard', {
      value: {
        writeText: async (text: string) => {
          copied = text
        },
      },
      configurable: true,
    })
    const told = oneEvent(element, 'grapevine-shared')
    ;(await buttonOf(element, top, 'share')).click()
    const { detail } = await told
    expect(detail.channel).to.equal('comment')
    expect(new URL(copied).hash).to.equal(`#grapevine-comment-${top.id}`)
    expect(new URL(copied).searchParams.get('gv')).to.equal(detail.code)
    const next = await until(
      () =>
        say<Share>(
          site,
          'POST',
          'shares',
          { url: page, channel: 'copy', arrival: detail.code },
          newToken(),
        ).catch(() => undefined),
      'the share',
    )
    expect(next.parent).to.equal(detail.code)
  })

  it('shows new comments when asked to, and changes where they are', async () => {
    const top = await comment(site, page, 'The first.')
    const element = await talk(page)
    const fresh = await until(async () => {
      // The stream may not be there yet: what comes before it is counted when it is.
      if (!element.shadowRoot?.querySelector('.fresh')) return false
      return element.shadowRoot.querySelector<HTMLButtonElement>('.fresh button')
    }, 'nothing').catch(() => undefined)
    expect(fresh).to.equal(undefined)
    const before = (await rowOf(element, top)).getBoundingClientRect().top
    await comment(site, page, 'The second.')
    await comment(site, page, 'A reply.', { parent: top.id })
    await until(() => status(element) === '2 new comments', 'the announcement')
    expect(said(element)).to.deep.equal(['The first.'])
    expect((await rowOf(element, top)).getBoundingClientRect().top).to.equal(before)
    await say(site, 'PUT', `comments/${top.id}/vote`, { value: 1 }, newToken())
    const up = await buttonOf(element, top, 'up')
    await until(() => up.textContent?.trim() === '1', 'the vote')
    ;(await find(element, '.fresh button')).click()
    await until(() => said(element).length === 3, 'all of them')
    expect((await find(element, 'h2')).textContent).to.contain('3 comments')
    expect(all(element, '.fresh')).to.be.empty
  })

  it('keeps what is typed, the caret and the focus while the composer is loaded', async () => {
    const top = await comment(site, page, 'Answer this.')
    const element = await talk(page)
    const plain = await find<HTMLTextAreaElement>(element, '.page textarea')
    plain.focus()
    await sendKeys({ type: 'Before and ' })
    const field = await until(() => {
      const now = element.shadowRoot?.querySelector<HTMLTextAreaElement>('.page textarea')
      return now !== plain && now?.value === 'Before and ' && now
    }, 'the composer')
    await until(() => focused(element) === field, 'the focus')
    await sendKeys({ type: 'after' })
    expect(field.value).to.equal('Before and after')
    ;(await buttonOf(element, top, 'reply')).click()
    const row = await rowOf(element, top)
    await until(() => row.querySelector(':scope > .writing textarea') === focused(element), 'the focus')
    await expect(element).to.be.accessible()
  })

  it('tells the page of a comment that was posted', async () => {
    const element = await talk(page)
    const told = oneEvent(element, 'grapevine-commented')
    const temporary = element.comments.insertOptimistic({
      ...(await comment(site, newPage(), 'Said.')),
      id: '',
    })
    expect(said(element)).to.deep.equal([])
    const taken = await comment(site, page, 'Said.')
    element.comments.replaceOptimistic(temporary, taken)
    expect((await told).detail).to.deep.equal({ id: taken.id, parent: null, url: page, held: false })
    await until(
      () => (element.shadowRoot?.querySelector('h2')?.textContent ?? '').includes('1 comment'),
      'the count',
    )
  })

  it('asks before a comment of one’s own goes', async () => {
    const token = newToken()
    const top = await comment(site, page, 'I regret this.', {}, token)
    actAs(site, token)
    const element = await talk(page)
    const removal = async () => {
      ;(await buttonOf(element, top, 'menu')).click()
      await until(() => all(element, '[role=menuitem]').length, 'the menu')
      all(element, '[role=menuitem]')
        .find(({ textContent }) => textContent?.trim() === 'Delete')
        ?.click()
      return find(element, 'dialog')
    }
    const dialog = await removal()
    await Promise.all(dialog.getAnimations().map(({ finished }) => finished))
    await expect(element).to.be.accessible()
    dialog.querySelectorAll<HTMLElement>('.choice button')[1]?.click()
    await until(() => all(element, 'dialog').length === 0, 'it to close')
    expect(said(element)).to.deep.equal(['I regret this.'])
    expect(element.shadowRoot?.activeElement).to.equal(await buttonOf(element, top, 'menu'))
    ;(await removal()).querySelector<HTMLElement>('.choice .lead')?.click()
    await until(() => said(element).length === 0, 'it to go')
    // Nothing else is there to go to.
    await until(() => element.shadowRoot?.activeElement?.id === 'headline', 'the focus on the headline')
  })

  it('leaves a mark where a comment was that has replies', async () => {
    const token = newToken()
    const top = await comment(site, page, 'I regret this.', {}, token)
    await comment(site, page, 'Too late.', { parent: top.id })
    await say(site, 'DELETE', `comments/${top.id}`, {}, token)
    const element = await talk(page)
    expect(said(element)).to.deep.equal(['Too late.'])
    expect((await rowOf(element, top)).querySelector('h3')?.textContent).to.equal(commentsEn.deleted)
    expect((await rowOf(element, top)).querySelector(':scope > article .bar')).to.equal(null)
  })

  it('cuts a long comment until all of it is wanted', async () => {
    const top = await comment(site, page, Array.from({ length: 60 }, (_, i) => `Line ${i}`).join('\n\n'))
    const element = await talk(page)
    const text = await find(element, '.text')
    expect(text.scrollHeight).to.be.greaterThan(text.clientHeight)
    ;(await buttonOf(element, top, 'whole')).click()
    await until(() => text.scrollHeight <= text.clientHeight, 'all of it')
  })

  it('colours code once it is looked at', async () => {
    await comment(site, page, '```js\nconst depth = 1 // hop\n```')
    const element = await talk(page)
    const keyword = await find(element, 'pre .hljs-keyword')
    expect(keyword.textContent).to.equal('const')
    expect((await find(element, 'pre')).textContent).to.equal('const depth = 1 // hop')
    await expect(element).to.be.accessible()
  })

  it('says why nobody can write where the thread is locked', async () => {
    await comment(site, page, 'The last word.')
    await say(site, 'PATCH', 'threads', { url: page, state: 'locked' })
    const element = await talk(page)
    expect((await find(element, '.note')).textContent).to.equal(commentsEn.locked)
    expect(all(element, 'textarea, [data-act=reply]')).to.be.empty
  })

  it('speaks Chinese, with every text', async () => {
    expect(Object.keys(commentsZhHans).sort()).to.deep.equal(Object.keys(commentsEn).sort())
    configure(site, { lang: 'zh-CN' })
    await comment(site, page, '你好')
    const element = await talk(page)
    expect((await find(element, 'h2')).textContent).to.contain('1 条评论')
  })

  it('stands up to a page that styles everything', async () => {
    await comment(site, page, 'Still legible.')
    const style = new CSSStyleSheet()
    style.replaceSync('* { all: unset !important; display: inline !important; font-size: 3px !important }')
    document.adoptedStyleSheets.push(style)
    try {
      const element = await talk(page)
      const text = await find(element, '.text')
      expect(Number.parseFloat(getComputedStyle(text).fontSize)).to.be.greaterThan(12)
    } finally {
      document.adoptedStyleSheets.pop()
    }
  })
})
