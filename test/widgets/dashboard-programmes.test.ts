import { expect, fixtureCleanup, fixtureSync, html } from '@open-wc/testing'
import { SPLITS } from '../../server/contract/models.ts'
import type { Programme, Rule } from '../../server/contract/programmes.ts'
import { GrapevineDashboard } from '../../widgets/dashboard/grapevine-dashboard.ts'
import type { GrapevineProgramme } from '../../widgets/dashboard/programmes/grapevine-programme.ts'
import { majorUnits, minorUnits } from '../../widgets/dashboard/programmes/major-units.ts'
import { ruleOf } from '../../widgets/dashboard/programmes/read-rule.ts'
import { formOf, newForm, type RuleForm } from '../../widgets/dashboard/programmes/rule-form.ts'
import { changesBetween, ruleSentence } from '../../widgets/dashboard/programmes/rule-words.ts'
import { exampleOf, OFFERED } from '../../widgets/dashboard/programmes/split-example.ts'
import { setLanguage } from '../../widgets/dashboard/texts.ts'
import { define } from '../../widgets/dashboard/views.ts'
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

/** A rule with every part set to something else than what a new one starts from. */
const FULL: Rule = {
  currency: 'KWD',
  conversion: 'purchase',
  proof: 'any',
  firstOnly: true,
  minValue: 1001,
  pot: { percent: 12.35, cap: 5_000_001 },
  tiers: [
    { from: 3, pot: { fixed: 1 } },
    { from: 10, pot: { percent: 0.01 } },
  ],
  touch: 'decay',
  halfLifeDays: 3.5,
  split: 'blend',
  alpha: 0.123456789,
  sharers: true,
  buyer: { fixed: 2500 },
  author: 5.5,
  site: 33.33,
  limits: { personAmount: 100_000, personRewards: 7, totalRewards: 1000, budget: 10 ** 13 },
  holdDays: 0,
  startsAt: '2026-11-01T08:30:00.000Z',
  endsAt: '2027-02-28T23:59:59.999Z',
  pays: 'coupon',
}

describe('amounts as they are typed', () => {
  const READ: [string, number, number | undefined][] = [
    ['12.34', 2, 1234],
    ['12,3', 2, 1230],
    ['12', 2, 1200],
    ['12.', 2, 1200],
    ['.5', 2, 50],
    ['0', 2, 0],
    ['0.29', 2, 29],
    ['1.005', 3, 1005],
    ['90071992547.40', 2, 9_007_199_254_740],
    ['100000000000', 2, 10_000_000_000_000],
    ['100000000000.01', 2, undefined],
    ['99999999999999999999', 0, undefined],
    ['500', 0, 500],
    ['500.0', 0, undefined],
    ['1 234.50', 2, 123_450],
    ['1’234', 2, 123_400],
    ['12 34', 2, undefined],
    ['１２．５', 2, 1250],
    ['  7 ', 2, 700],
    // Could be a thousand and more, or one and some: better asked than guessed.
    ['1,234', 2, undefined],
    ['1,234', 3, undefined],
    ['1.234', 2, undefined],
    ['1,234.50', 2, undefined],
    ['1.2.3', 2, undefined],
    ['-1', 2, undefined],
    ['+1', 2, undefined],
    ['1e3', 2, undefined],
    ['0x10', 2, undefined],
    ['NaN', 2, undefined],
    ['€5', 2, undefined],
    ['.', 2, undefined],
    ['', 2, undefined],
    ['٣', 2, undefined],
  ]
  for (const [typed, digits, minor] of READ)
    it(`“${typed}” with ${digits} digits is ${minor ?? 'no amount'}`, () => {
      expect(minorUnits(typed, digits)).to.equal(minor)
    })

  it('are shown so that they read back as they were, in every number of digits', () => {
    for (const digits of [0, 2, 3, 4])
      for (const amount of [0, 1, 9, 10, 99, 100, 101, 1234, 99_999, 123_456_789, 10 ** 13 - 1, 10 ** 13])
        expect(minorUnits(majorUnits(amount, digits), digits)).to.equal(amount)
  })
})

describe('the form of a rule', () => {
  const faultsOf = (part: Partial<RuleForm>) => Object.fromEntries(ruleOf({ ...newForm(), ...part }).faults)

  it('reads back as the rule it shows, to the last digit and millisecond', () => {
    expect(ruleOf(formOf('All of it', FULL))).to.deep.equal({ rule: FULL, faults: new Map() })
  })

  it('is a rule as a new one starts', () => {
    const { rule, faults } = ruleOf(newForm('JPY'))
    expect(faults.size).to.equal(0)
    expect(rule.pot).to.deep.equal({ percent: 10 })
    expect(rule.proof).to.equal('proved')
  })

  it('names each field at fault as the server would', () => {
    const pot = newForm().pot
    expect(faultsOf({ pot: { ...pot, percent: '12.345' } })).to.deep.equal({
      'rule.pot.percent': 'fault_percent',
    })
    expect(faultsOf({ pot: { ...pot, kind: 'fixed', fixed: '0' } })).to.deep.equal({
      'rule.pot.fixed': 'fault_amount',
    })
    expect(faultsOf({ currency: 'JPY', minValue: '5.5' })).to.deep.equal({ 'rule.minValue': 'fault_amount' })
    const tiers = ['5', '5', '1'].map((from) => ({ from, pot }))
    expect(faultsOf({ tiers })).to.deep.equal({
      'rule.tiers[1].from': 'fault_ascend',
      'rule.tiers[2].from': 'fault_whole',
    })
    expect(faultsOf({ author: '60', site: '40.01' })).to.deep.equal({ 'rule.site': 'fault_over' })
    expect(faultsOf({ sharers: false })).to.deep.equal({ 'rule.sharers': 'fault_nobody' })
    expect(faultsOf({ startsAt: '2026-11-02T00:00', endsAt: '2026-11-01T00:00' })).to.deep.equal({
      'rule.endsAt': 'fault_end',
    })
    expect(faultsOf({ holdDays: '366', personRewards: '0' })).to.have.keys(
      'rule.holdDays',
      'rule.limits.personRewards',
    )
  })

  it('finds no fault with what is out of sight', () => {
    expect(faultsOf({ halfLifeDays: 'x', alpha: 'x' })).to.deep.equal({})
    expect(faultsOf({ touch: 'decay', halfLifeDays: 'x' })).to.have.keys('rule.halfLifeDays')
    expect(faultsOf({ split: 'blend', alpha: '1.1' })).to.have.keys('rule.alpha')
  })

  it('says what it pays in a sentence, and what one version changed of another', () => {
    const rule = ruleOf({ ...newForm(), conversion: 'purchase', twoSided: true }).rule
    expect(ruleSentence(rule)).to.equal(
      '10% of each “purchase” goes to those who brought it; the buyer gets 5%.',
    )
    expect(changesBetween(rule, { ...rule, pot: { fixed: 500 } })).to.deep.equal([
      { name: 'How much', from: '10%', to: '€5.00' },
    ])
  })

  it('offers every split, with parts that never come to more than the pot', () => {
    expect([...OFFERED].sort()).to.deep.equal([...SPLITS].sort())
    for (const split of SPLITS)
      expect(exampleOf(split, 0.5).reduce((sum, part) => sum + part, 0)).to.be.at.most(1 + 1e-9)
  })
})

describe('the programmes of the dashboard', () => {
  let stage: Stage
  before(async () => {
    stage = await setStage()
    await passOn(stage)
  })
  after(async () => {
    answerAsUsual()
    await setLanguage('en')
    history.replaceState(null, '', location.pathname + location.search)
  })

  const inForm = async (hash = '#/programmes?programme=new') => {
    const view = await showView(stage.site, hash)
    const form = view.shadowRoot?.querySelector('grapevine-programme') as GrapevineProgramme
    await form.updateComplete
    const field = <E extends HTMLElement = HTMLInputElement>(path: string) =>
      form.shadowRoot?.querySelector<E>(`[data-field="${path}"]`) as E
    const type = async (path: string, value: string) => {
      const input = field(path)
      input.value = value
      input.dispatchEvent(
        new Event(input instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }),
      )
      await form.updateComplete
    }
    const press = async (name: string) => {
      const button = [...(form.shadowRoot?.querySelectorAll('button') ?? [])].find(
        (one) => one.textContent?.trim() === name,
      )
      button?.click()
      await form.updateComplete
    }
    const preview = () => form.shadowRoot?.querySelector('grapevine-programme-preview') as Element
    return { view, form, field, type, press, preview }
  }
  const make = async (name: string, rule: object, status = 'running'): Promise<Programme> => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ name, rule: { currency: 'EUR', pot: { percent: 10 }, ...rule }, status })
    return (await fetch('/v1/programmes', { method: 'POST', headers, body })).json()
  }

  it('says what to do where there is none', async () => {
    const view = await showView(stage.site, '#/programmes')
    expect(view.shadowRoot?.querySelector('.message a')?.getAttribute('href')).to.equal(
      '#/programmes?programme=new',
    )
    await expectAccessible(view)
  })

  it('shows what a rule would have paid while it is filled in', async () => {
    const { field, type, preview } = await inForm()
    // It begins with what the site sold last.
    await until(() => field('rule.currency').value === 'KWD')
    await type('rule.currency', 'EUR')
    await until(() => textIn(preview(), '.says').includes('paid €0.00 to 0 people for 0 of 3 conversions'))
    await type('rule.proof', 'any')
    await until(() => textIn(preview(), '.says').includes('€4.90 to 2 people for 1 of 3 conversions'))
    await type('rule.pot.percent', 'x')
    await until(() => textIn(preview(), '.says').includes('not complete'))
  })

  it('makes one and starts it', async () => {
    const { form, type, press } = await inForm()
    await type('name', ' Bring a friend ')
    await type('rule.proof', 'any')
    await type('rule.pot.percent', '20')
    await type('rule.pot.cap', '5')
    await press('Save and start')
    await until(() => form.notice?.good)
    await until(() => location.hash.includes('programme='))
    const view = await showView(stage.site, '#/programmes')
    expect(textIn(view, '.programme h2')).to.equal('Bring a friend Running')
    expect(textIn(view, '.programme .head p')).to.equal(
      '20% (at most €5.00) of each conversion goes to those who brought it.',
    )
    await expectAccessible(view)
  })

  it('marks what is wrong, goes there and saves nothing', async () => {
    const { form, field, type, press } = await inForm()
    await type('name', 'Wrong')
    await press('Add a tier')
    await press('Add a tier')
    await type('rule.tiers[1].from', '2')
    expect(field('rule.tiers[1].from').getAttribute('aria-invalid')).to.equal('false')
    await press('Save as a draft')
    await until(() => form.shadowRoot?.activeElement === field('rule.tiers[1].from'))
    expect(field('rule.tiers[1].from').getAttribute('aria-invalid')).to.equal('true')
    const described = field('rule.tiers[1].from').getAttribute('aria-describedby') ?? ''
    expect(form.shadowRoot?.getElementById(described)?.textContent).to.contain('after the one before')
    await expectAccessible(form)
  })

  it('shows the server’s word at its field, though it is folded away', async () => {
    const { form, field, type, press } = await inForm()
    await type('name', 'Refused')
    const usual = window.fetch
    answerWith(async (path, init) => {
      if (init?.method !== 'POST' || path !== '/v1/programmes') return usual(path, init)
      const error = { code: 'invalid', message: 'rule.limits.budget is odd', field: 'rule.limits.budget' }
      return new Response(JSON.stringify({ error: { ...error, requestId: '1' } }), { status: 422 })
    })
    await press('Save as a draft')
    await until(() => form.shadowRoot?.activeElement === field('rule.limits.budget'))
    expect(textIn(form, '.fault')).to.equal('rule.limits.budget is odd')
    window.fetch = usual
  })

  it('warns of splits that can be gamed, and of believing pages', async () => {
    const { form, field, type } = await inForm()
    expect(form.shadowRoot?.querySelector('.warning')).to.equal(null)
    const halving = form.shadowRoot?.querySelector<HTMLInputElement>('[name=split][value=halving]')
    halving?.click()
    await form.updateComplete
    expect(textIn(form, '.warning')).to.contain('can be gamed')
    await type('rule.proof', 'any')
    expect(textIn(form, '.warning')).to.contain('claim anything')
    expect(field('rule.proof')).to.have.property('value', 'any')
  })

  it('saves a change as a new version, and tells what it changed', async () => {
    const { id } = await make('Versions', {})
    const { form, type, press } = await inForm(`#/programmes?programme=${id}`)
    expect(form.shadowRoot?.querySelector('.saving')).to.equal(null)
    await type('rule.holdDays', '30')
    await press('Save as a new version')
    await until(() => form.shadowRoot?.querySelectorAll('.versions > li').length === 2)
    expect(textIn(form, '.versions li ul')).to.equal('Days until approved: 14 days → 30 days')
    await expectAccessible(form)
  })

  it('pauses at once, and asks before it ends for good', async () => {
    const { id } = await make('Steps', {})
    const { form, press } = await inForm(`#/programmes?programme=${id}`)
    await press('Pause')
    await until(() => textIn(form, '.badge') === 'Paused')
    await press('End')
    await until(() => form.shadowRoot?.querySelector('dialog')?.open)
    await expectAccessible(form)
    await press('Cancel')
    await until(() => !form.shadowRoot?.querySelector('dialog'))
    expect(textIn(form, '.badge')).to.equal('Paused')
    await press('End')
    await until(() => form.shadowRoot?.querySelector('dialog')?.open)
    form.shadowRoot?.querySelector<HTMLButtonElement>('dialog .main')?.click()
    await until(() => textIn(form, '.badge') === 'Ended')
    expect(form.shadowRoot?.querySelector<HTMLFieldSetElement>('.all')?.disabled).to.equal(true)
  })

  it('holds back whoever leaves what is not saved, and lets them go if they want', async () => {
    const { id } = await make('Unsaved', {}, 'draft')
    const here = `#/programmes?programme=${id}`
    fixtureCleanup()
    history.replaceState(null, '', here)
    define({ 'grapevine-dashboard': GrapevineDashboard })
    const shell = fixtureSync<GrapevineDashboard>(html`<grapevine-dashboard></grapevine-dashboard>`)
    const form = () =>
      shell.shadowRoot
        ?.querySelector('grapevine-programmes')
        ?.shadowRoot?.querySelector('grapevine-programme') as GrapevineProgramme
    const dialog = () => form()?.shadowRoot?.querySelector('dialog')
    await until(() => form()?.shadowRoot?.querySelector('#name'))
    const name = form().shadowRoot?.querySelector<HTMLInputElement>('#name') as HTMLInputElement
    name.value = 'Another name'
    name.dispatchEvent(new Event('input'))

    location.hash = '#/rewards'
    await until(() => dialog()?.open)
    expect(location.hash).to.equal(here)
    dialog()?.querySelector<HTMLElement>('.button:not(.main)')?.click()
    await until(() => !dialog())
    expect(name.value).to.equal('Another name')
    const closing = new Event('beforeunload', { cancelable: true })
    dispatchEvent(closing)
    expect(closing.defaultPrevented).to.equal(true)

    location.hash = '#/rewards'
    await until(() => dialog()?.open)
    dialog()?.querySelector<HTMLElement>('.main')?.click()
    await until(() => shell.shadowRoot?.querySelector('grapevine-rewards'))
    expect(location.hash).to.equal('#/rewards')
    fixtureCleanup()
  })

  it('says so where there is no such programme', async () => {
    const view = await showView(stage.site, '#/programmes?programme=nothing')
    expect(textIn(view, '.message h2')).to.equal('There is no such thing here')
  })

  it('speaks Chinese, the form with its fields in the order of the language', async () => {
    await setLanguage('zh-Hans')
    const { form } = await inForm()
    expect(textIn(form, '#earns')).to.equal('什么会获得奖励')
    await expectAccessible(form)
    await setLanguage('en')
  })
})
