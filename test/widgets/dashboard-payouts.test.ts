import { expect } from '@open-wc/testing'
import type { Payout, Payouts, Rewards } from '../../server/contract/rewards.ts'
import type { GrapevinePayouts } from '../../widgets/dashboard/payouts/grapevine-payouts.ts'
import { setLanguage } from '../../widgets/dashboard/texts.ts'
import {
  answerAsUsual,
  expectAccessible,
  passOn,
  type Stage,
  setStage,
  showView,
  textIn,
  until,
} from './dashboard-stage.ts'

describe('the payouts of the dashboard', () => {
  let stage: Stage
  const post = (path: string, body: object) =>
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const payouts = async (): Promise<Payouts> => (await fetch('/v1/payouts')).json()

  /** A programme that has rewarded Alice and Bob with €2.45 each, both approved. */
  const earned = async (pays: 'money' | 'credit' | 'coupon') => {
    stage = await setStage()
    const rule = { currency: 'EUR', pot: { percent: 10 }, proof: 'any', pays }
    await post('/v1/programmes', { name: 'Friends', rule, status: 'running' })
    await passOn(stage)
    const end = performance.now() + 8_000
    let ids: string[] = []
    while (ids.length < 2 && performance.now() < end) {
      const { data } = (await (await fetch('/v1/rewards')).json()) as Rewards
      ids = data.map(({ id }) => id)
    }
    await post('/v1/rewards/decisions', { rewards: ids, act: 'approve' })
  }
  const open = async (hash = '#/payouts') => {
    const view = (await showView(stage.site, hash)) as GrapevinePayouts
    await until(() => view.shadowRoot?.querySelector('.ledger, .nothing, .payout'))
    const click = async (selector: string) => {
      view.shadowRoot?.querySelector<HTMLElement>(selector)?.click()
      await view.updateComplete
    }
    return { view, click }
  }
  afterEach(answerAsUsual)

  it('says what to do where nothing is ready', async () => {
    stage = await setStage()
    const { view } = await open()
    expect(textIn(view, '.nothing')).to.contain('Rewards come here when their time is over')
    expect(view.shadowRoot?.querySelector('.nothing a')?.getAttribute('href')).to.equal(
      '#/rewards?state=review',
    )
    await expectAccessible(view)
  })

  it('makes a batch of what is ready, and marks it paid once the owner is sure', async () => {
    await earned('money')
    const { view, click } = await open()
    expect(textIn(view, '.ready')).to.contain('€4.90 as money, to 2 people')
    expect(textIn(view, '.ready .warning')).to.contain('2 people have not said yet')
    await click('.ready .main')
    await until(() => view.shadowRoot?.querySelector('.payout.open'))
    expect(textIn(view, '.ready')).to.equal('')
    expect(textIn(view, '.payout.open h3')).to.equal('€4.90 Open')
    expect(view.shadowRoot?.querySelectorAll('.payout.open tbody tr')).to.have.length(2)
    const [batch] = (await payouts()).data
    expect(view.shadowRoot?.querySelector('.payout [download]')?.getAttribute('href')).to.equal(
      `/v1/payouts/${batch?.id}?format=csv`,
    )
    await expectAccessible(view)

    await click('.payout.open .main')
    await until(() => view.shadowRoot?.querySelector('dialog')?.open)
    expect(textIn(view, 'dialog h2')).to.equal('Pay €4.90?')
    await expectAccessible(view)
    await click('dialog .button:not(.main)')
    expect((await payouts()).data[0]?.state).to.equal('open')
    await click('.payout.open .main')
    await until(() => view.shadowRoot?.querySelector('dialog')?.open)
    await click('dialog .main')
    await until(() => view.shadowRoot?.querySelector('.payout.paid'))
    expect(textIn(view, '.notice')).to.equal('Marked as paid.')
    await until(() => !view.busy)
  })

  it('shows that the books balance, account by account', async () => {
    await earned('money')
    const { view } = await open()
    const rows = [...(view.shadowRoot?.querySelectorAll('.ledger tbody tr') ?? [])].map((row) =>
      (row.textContent ?? '').replace(/\s+/g, ' ').trim(),
    )
    expect(rows[0]).to.match(/^Programmes .*-€4\.90$/)
    expect(rows.find((row) => row.startsWith('To be paid'))).to.match(/€4\.90$/)
    expect(textIn(view, '.ledger tfoot')).to.equal('The books balance €0.00')
    expect(view.shadowRoot?.querySelectorAll('.holders tbody tr')).to.have.length(3)
  })

  it('gives a batch up, whose rewards are ready again', async () => {
    await earned('credit')
    const { view, click } = await open()
    await click('.ready .main')
    await until(() => view.shadowRoot?.querySelector('.payout.open') && !view.busy)
    await click('.payout.open .acts .button:not([download], .main)')
    await until(() => view.shadowRoot?.querySelector('dialog')?.open)
    await click('dialog .main')
    await until(() => view.shadowRoot?.querySelector('.payout.cancelled'))
    expect(textIn(view, '.ready')).to.contain('€4.90 as store credit, to 2 people')
    await until(() => !view.busy)
  })

  it('shows the codes of coupons it has issued, and one payout by its link', async () => {
    await earned('coupon')
    const made = (await (await post('/v1/payouts', { method: 'coupon' })).json()) as Payout
    await post(`/v1/payouts/${made.id}/paid`, {})
    const { view } = await open(`#/payouts?payout=${made.id}`)
    const codes = [...(view.shadowRoot?.querySelectorAll('code') ?? [])].map((code) => code.textContent)
    expect(codes).to.have.length(2)
    for (const code of codes) expect(code).to.match(/^[0-9A-Z-]{4,}$/)
    await expectAccessible(view)
  })

  it('tells what the server refuses', async () => {
    await earned('money')
    const { view, click } = await open()
    await post('/v1/payouts', { method: 'money' })
    await click('.ready .main')
    await until(() => textIn(view, '.notice.bad') === 'There is nothing to pay')
    await until(() => view.shadowRoot?.querySelector('.payout.open') && !view.busy)
  })

  it('speaks Chinese', async () => {
    await earned('money')
    await setLanguage('zh-Hans')
    const { view } = await open()
    expect(textIn(view, '.ready')).to.contain('以现金付给 2 人')
    await setLanguage('en')
  })
})
