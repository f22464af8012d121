import { expect } from '@open-wc/testing'
import type { Programme } from '../../server/contract/programmes.ts'
import type { Reward, Rewards } from '../../server/contract/rewards.ts'
import type { GrapevineRewards } from '../../widgets/dashboard/rewards/grapevine-rewards.ts'
import { can, isOpen, shownState } from '../../widgets/dashboard/rewards/reward-acts.ts'
import { setLanguage } from '../../widgets/dashboard/texts.ts'
import {
  answerAsUsual,
  answerWith,
  expectAccessible,
  passOn,
  type Stage,
  setStage,
  showView,
  textIn,
  until,
} from './dashboard-stage.ts'

describe('the queue of rewards', () => {
  let stage: Stage
  let programme: Programme
  const rewards = async (query = ''): Promise<Reward[]> =>
    ((await (await fetch(`/v1/rewards?limit=100${query}`)).json()) as Rewards).data
  const post = (path: string, body: object) =>
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  // Bought the moment after arriving, without a click: each of the rewards waits for the owner.
  beforeEach(async () => {
    stage = await setStage()
    const rule = {
      currency: 'EUR',
      pot: { percent: 10 },
      proof: 'any',
      firstOnly: true,
      buyer: { fixed: 100 },
    }
    programme = await (await post('/v1/programmes', { name: 'Friends', rule, status: 'running' })).json()
    await passOn(stage)
    const end = performance.now() + 8_000
    while ((await rewards('&state=review')).length < 3 && performance.now() < end);
    expect(await rewards('&state=review')).to.have.length(3)
  })
  afterEach(answerAsUsual)

  const queue = async (hash = '#/rewards') => {
    const view = (await showView(stage.site, hash)) as GrapevineRewards
    const rows = () => [...(view.shadowRoot?.querySelectorAll<HTMLElement>('.reward') ?? [])]
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

  it('shows first what waits for the owner, with what was noticed in plain words', async () => {
    const { view, rows } = await queue()
    expect(textIn(view, '.segments [aria-current=true]')).to.equal('To review')
    expect(rows()).to.have.length(3)
    for (const row of rows()) {
      expect(row.querySelector('.reasons')?.textContent).to.contain('faster than people usually manage')
      expect(row.textContent).to.contain('€49.00')
    }
    const person = (await rewards())[0]?.person.id
    expect(rows()[0]?.querySelector('.who a')?.getAttribute('href')).to.equal(`#/people/${person}`)
    await expectAccessible(view)
  })

  it('approves one, tells so, and takes it back the other way', async () => {
    const { view, rows, click } = await queue()
    const id = rows()[0]?.dataset.id
    await click('.approve', rows()[0])
    await until(() => rows().length === 2)
    expect(textIn(view, '.outcome')).to.contain('Approved.').and.to.contain('Undo: refuse instead')
    expect((await rewards()).find((reward) => reward.id === id)?.state).to.equal('approved')
    await click('.outcome button')
    await until(() => textIn(view, '.outcome').startsWith('Refused.'))
    const reward = (await rewards()).find((one) => one.id === id)
    expect(reward?.state).to.equal('refused')
    expect(reward?.decisions.map(({ act }) => act)).to.deep.equal(['approve', 'refuse'])
  })

  it('refuses many at once with a note, which stands by them with who said it', async () => {
    const { view, rows, click } = await queue()
    await click('.all input')
    expect(textIn(view, '.decide b')).to.equal('3 selected')
    await expectAccessible(view)
    const note = view.shadowRoot?.querySelector<HTMLInputElement>('.decide [name=note]') as HTMLInputElement
    note.value = 'One <b>household</b>'
    await click('.decide .refuse')
    await until(() => textIn(view, '.message h2') === 'Nothing waits for you')
    expect(rows()).to.have.length(0)
    const refused = await queue('#/rewards?state=refused')
    expect(refused.rows()).to.have.length(3)
    expect(textIn(refused.view, '.reward')).to.match(/Refused by secret key .*: One <b>household<\/b>/)
  })

  it('takes back what it said when the server did not take it', async () => {
    const { view, rows, click } = await queue()
    const usual = window.fetch
    answerWith(async (path, init) => {
      if (path !== '/v1/rewards/decisions') return usual(path, init)
      const error = { code: 'conflict', message: 'It has been paid', requestId: '1' }
      return new Response(JSON.stringify({ error }), { status: 409 })
    })
    await click('.approve', rows()[1])
    await until(() => textIn(view, '.outcome') === 'Nothing was decided: It has been paid')
    expect(rows()).to.have.length(3)
    expect(rows()[1]?.querySelector('.badge')?.textContent).to.equal('To review')
    expect(rows()[1]?.querySelector<HTMLButtonElement>('.approve')?.disabled).to.equal(false)
    window.fetch = usual
  })

  it('is worked through with the keyboard', async () => {
    const { view, rows, press } = await queue()
    await press('a')
    expect((await rewards('&state=review')).length).to.equal(3)
    await press('j')
    expect(view.shadowRoot?.activeElement).to.equal(rows()[0])
    await press('j')
    await press('k')
    await press('r')
    await until(() => rows().length === 2)
    // The next one comes under the hand.
    await until(() => view.shadowRoot?.activeElement === rows()[0])
    await press('x')
    await press('j')
    await press('x')
    expect(textIn(view, '.decide b')).to.equal('2 selected')
    await press('a')
    await until(() => rows().length === 0)
    expect((await rewards('&state=approved')).length).to.equal(2)
    await press('?')
    await until(() => view.shadowRoot?.querySelector('dialog')?.open)
    expect(textIn(view, '.all-keys')).to.contain('jNext reward')
    await expectAccessible(view)
  })

  it('keeps its keys to itself while one types', async () => {
    const { view, rows, press } = await queue()
    await press('j')
    await press('x')
    const note = view.shadowRoot?.querySelector<HTMLInputElement>('.decide [name=note]')
    note?.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true, composed: true }))
    await view.updateComplete
    expect(rows()).to.have.length(3)
    expect(view.saying.size).to.equal(0)
  })

  it('says why, by the receipt, and offers it as a file', async () => {
    const { view, rows, press } = await queue()
    const sharer = (await rewards()).find(({ hop }) => hop === 1)
    for (const row of rows()) {
      await press('j')
      if (row.dataset.id === sharer?.id) break
    }
    await press('w')
    await until(() => view.shadowRoot?.querySelector('.receipt tbody tr'))
    const lines = [...(view.shadowRoot?.querySelectorAll('.receipt tbody tr') ?? [])]
    expect(lines[0]?.textContent).to.contain('€49.00')
    expect(lines.at(-1)?.textContent).to.contain('€2.45')
    expect(textIn(view, '.touches')).to.match(/→ buyer$/)
    expect(view.shadowRoot?.querySelector('.receipt [download]')?.getAttribute('href')).to.equal(
      `/v1/rewards/${sharer?.id}/receipt`,
    )
    await expectAccessible(view)
  })

  it('is narrowed by programme and person, each of which can be taken away', async () => {
    const [first] = await rewards()
    const { view, rows } = await queue(`#/rewards?programme=${programme.id}&person=${first?.person.id}`)
    expect(textIn(view, '.segments [aria-current=true]')).to.equal('All')
    expect(rows()).to.have.length(1)
    expect(view.shadowRoot?.querySelector('.chips a')?.getAttribute('href')).to.equal(
      `#/rewards?programme=${programme.id}`,
    )
    const choice = view.shadowRoot?.querySelector<HTMLSelectElement>('select')
    await until(() => choice?.value === programme.id || view.shadowRoot?.querySelector('select'))
    expect(view.shadowRoot?.querySelector('select')?.value).to.equal(programme.id)
  })

  it('speaks Chinese', async () => {
    await setLanguage('zh-Hans')
    const { view } = await queue()
    expect(textIn(view, '.reward .reasons')).to.contain('前后动作之间比人通常能做到的更快')
    await setLanguage('en')
  })
})

describe('what can be said of a reward', () => {
  it('is anything until it is paid or refunded', () => {
    const told = (['pending', 'review', 'approved', 'paid', 'refused', 'reversed'] as const).map((state) => [
      state,
      (['approve', 'refuse'] as const).filter((act) => can(act, { state })).join(' '),
      isOpen({ state }),
    ])
    expect(told).to.deep.equal([
      ['pending', 'approve refuse', true],
      ['review', 'approve refuse', true],
      ['approved', 'refuse', true],
      ['paid', '', false],
      ['refused', 'approve', true],
      ['reversed', '', false],
    ])
  })

  it('begins with what waits, unless the link asks about something in particular', () => {
    expect(shownState({})).to.equal('review')
    expect(shownState({ person: 'x' })).to.equal('all')
    expect(shownState({ person: 'x', state: 'paid' })).to.equal('paid')
    expect(shownState({ state: 'running' })).to.equal('review')
  })
})
