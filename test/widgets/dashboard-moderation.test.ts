import { expect } from '@open-wc/testing'
import type { Posted } from '../../server/contract/comments.ts'
import type { Acts, Queue } from '../../server/contract/moderation.ts'
import type { GrapevineModeration } from '../../widgets/dashboard/moderation/grapevine-moderation.ts'
import { setLanguage } from '../../widgets/dashboard/texts.ts'
import {
  answerAsUsual,
  answerWith,
  expectAccessible,
  type Stage,
  setStage,
  showView,
  textIn,
  until,
} from './dashboard-stage.ts'

const newToken = () => `pt_${crypto.randomUUID().replaceAll('-', '')}`

describe('the queue of comments', () => {
  let stage: Stage
  const url = `${location.origin}/stories/a-walk`
  const comment = async (body: string, name = 'Ada', token = newToken(), more: object = {}) =>
    (await stage.page<Posted>('comments', { url, body, name, ...more }, token)).comment
  const queue = async (show = 'held') =>
    (await (await fetch(`/v1/moderation/queue?limit=100&show=${show}`)).json()) as Queue
  const acts = async () => ((await (await fetch('/v1/moderation/acts')).json()) as Acts).data

  const open = async (hash = '#/moderation') => {
    const view = (await showView(stage.site, hash)) as GrapevineModeration
    await until(() => view.shadowRoot?.querySelector('.said-row, .message'))
    const rows = () => [...(view.shadowRoot?.querySelectorAll<HTMLElement>('.said-row') ?? [])]
    const press = async (key: string) => {
      dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
      await view.updateComplete
    }
    const click = async (selector: string, within: ParentNode | null = view.shadowRoot) => {
      within?.querySelector<HTMLElement>(selector)?.click()
      await view.updateComplete
    }
    return { view, rows, press, click }
  }

  // A first comment of somebody waits, as sites are by default.
  beforeEach(async () => {
    stage = await setStage()
  })
  afterEach(answerAsUsual)

  it('shows first what waits, with who says it, where, and why it waits', async () => {
    await comment('The river was <b>never</b> that wide.')
    const { view, rows } = await open()
    expect(rows()).to.have.length(1)
    expect(rows()[0]?.querySelector('.body')?.textContent).to.equal('The river was <b>never</b> that wide.')
    expect(textIn(view, '.who')).to.contain('Ada').and.to.contain('waiting')
    expect(textIn(view, '.reasons')).to.contain('Nothing of this person was approved yet.')
    expect(textIn(view, '.segments [aria-current=true]')).to.equal('Waiting 1')
    await expectAccessible(view)
  })

  it('says so where nothing waits', async () => {
    const { view } = await open()
    expect(textIn(view, '.message h2')).to.equal('Nothing waits for you')
    await expectAccessible(view)
  })

  it('approves one, and takes it back', async () => {
    const { id } = await comment('Welcome to the valley.')
    const { view, rows, click } = await open()
    await click('.approve', rows()[0])
    await until(() => rows().length === 0)
    expect(textIn(view, '.outcome')).to.contain('Approved.')
    expect((await queue('visible')).data.map((one) => one.id)).to.deep.equal([id])
    await click('.outcome button')
    await until(() => textIn(view, '.outcome') === 'Undone.')
    expect((await queue()).data.map((one) => one.id)).to.deep.equal([id])
    await until(() => rows().length === 1)
  })

  it('is worked through with the keyboard: next, hold, refuse, many at once', async () => {
    for (const body of ['one thing', 'another matter', 'a third question'])
      await comment(body, `Guest of ${body}`)
    const { view, rows, press } = await open()
    await press('r')
    expect(rows()).to.have.length(3)
    await press('j')
    expect(view.shadowRoot?.activeElement).to.equal(rows()[0])
    await press('r')
    await until(() => rows().length === 2)
    // The next one comes under the hand.
    await until(() => view.shadowRoot?.activeElement === rows()[0])
    await press('x')
    await press('j')
    await press('x')
    expect(textIn(view, '.decide b')).to.equal('2 comments')
    await expectAccessible(view)
    await press('a')
    await until(() => rows().length === 0)
    expect((await queue('visible')).data).to.have.length(2)
    expect((await acts()).map(({ act }) => act)).to.deep.equal(['approve', 'approve', 'refuse'])
    await press('z')
    await until(() => textIn(view, '.outcome') === 'Undone.')
    expect((await queue()).data).to.have.length(2)
    await press('?')
    await until(() => view.shadowRoot?.querySelector('dialog')?.open)
    expect(textIn(view, '.all-keys')).to.contain('hHold')
    await expectAccessible(view)
  })

  it('bans its author, for a time and with a reason', async () => {
    const token = newToken()
    const said = await comment('Buy grapes!', 'Seller', token)
    const { view, press } = await open()
    await press('j')
    await press('b')
    await until(() => view.shadowRoot?.querySelector('dialog')?.open)
    expect(textIn(view, 'dialog h2')).to.equal('Ban Seller?')
    await expectAccessible(view)
    const note = view.shadowRoot?.querySelector<HTMLInputElement>('dialog [name=note]') as HTMLInputElement
    note.value = 'Sells grapes'
    view.shadowRoot?.querySelector('dialog form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await until(() => textIn(view, '.outcome').startsWith('Banned.'))
    const bans = await (await fetch('/v1/moderation/bans')).json()
    expect(bans.data[0].person.id).to.equal(said.author?.id)
    expect(bans.data[0].note).to.equal('Sells grapes')
    await until(() => textIn(view, '.who').includes('banned'))

    const place = await showView(stage.site, '#/bans')
    await until(() => place.shadowRoot?.querySelectorAll('.record').length === 2)
    expect(textIn(place, '.record')).to.contain('Seller').and.to.contain('Sells grapes')
    await expectAccessible(place)
    place.shadowRoot?.querySelector<HTMLElement>('.record .button')?.click()
    await until(() => textIn(place, '.record .badge') === 'over')
  })

  it('shows what stands around a comment and what its author said before', async () => {
    const token = newToken()
    const first = await comment('The first word.', 'Ada', token)
    await fetch('/v1/moderation/decisions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ comments: [first.id], act: 'approve' }),
    })
    await comment('An answer to it.', 'Bob', newToken(), { parent: first.id })
    const { view, rows, press } = await open()
    expect(textIn(view, '.answered')).to.contain('Ada').and.to.contain('The first word.')
    await press('j')
    await press('c')
    await until(() => view.shadowRoot?.querySelector('dialog .thread'))
    expect(textIn(view, 'dialog .thread')).to.contain('The first word.')
    expect(rows()).to.have.length(1)
    await expectAccessible(view)
  })

  it('takes back what it said when the server did not take it', async () => {
    await comment('Something.')
    const { view, rows, click } = await open()
    const usual = window.fetch
    answerWith(async (path, init) => {
      if (path !== '/v1/moderation/decisions') return usual(path, init)
      const error = { code: 'forbidden', message: 'An owner said this', requestId: '1' }
      return new Response(JSON.stringify({ error }), { status: 403 })
    })
    await click('.refuse', rows()[0])
    await until(() => textIn(view, '.outcome') === 'Nothing was decided: An owner said this')
    expect(rows()).to.have.length(1)
    window.fetch = usual
  })

  it('speaks Chinese', async () => {
    await comment('Something.')
    await setLanguage('zh-Hans')
    const { view } = await open()
    expect(textIn(view, '.reasons')).to.contain('此人尚无通过的评论')
    await setLanguage('en')
  })
})
