import { expect } from '@open-wc/testing'
import type { CommentSettings } from '../../server/contract/screening.ts'
import type { SignInSettings } from '../../server/contract/sign-in.ts'
import type { GrapevineCommentSettings } from '../../widgets/dashboard/comment-settings/grapevine-comment-settings.ts'
import {
  answerAsUsual,
  expectAccessible,
  type Stage,
  setStage,
  showView,
  textIn,
  until,
} from './dashboard-stage.ts'

describe('the settings of comments', () => {
  let stage: Stage
  const saved = async () => (await (await fetch('/v1/moderation/settings')).json()) as CommentSettings
  const open = async () => {
    stage = await setStage()
    const view = (await showView(stage.site, '#/comments')) as GrapevineCommentSettings
    await until(() => view.shadowRoot?.querySelector('[data-field=policy]'))
    const field = (name: string) =>
      view.shadowRoot?.querySelector<HTMLInputElement>(`[data-field=${name}]`) as HTMLInputElement
    const put = async (name: string, value: string) => {
      field(name).value = value
      field(name).dispatchEvent(new Event('change'))
      await view.updateComplete
    }
    const save = async () => {
      view.shadowRoot?.querySelector<HTMLFormElement>('form.all')?.requestSubmit()
      await until(
        () =>
          /Saved|at fault|missing|Something|as it|Look/.test(textIn(view, '.saving [role=status]')) ||
          view.shadowRoot?.querySelector('.fault'),
      )
    }
    return { view, field, put, save }
  }
  afterEach(answerAsUsual)

  it('are shown as they are, and accessible', async () => {
    const { view, field } = await open()
    expect(field('policy').value).to.equal('first_held')
    expect(view.shadowRoot?.querySelector<HTMLButtonElement>('.saving .main')?.disabled).to.equal(true)
    await expectAccessible(view)
  })

  it('are changed and saved: only what was changed is sent', async () => {
    const { put, save, view } = await open()
    await put('policy', 'links_held')
    await put('heldWords', 'grape*\n\n  vine ')
    await put('maxLinks', '2')
    await put('reactions', '👍  🍇')
    await save()
    const settings = await saved()
    expect(settings.policy).to.equal('links_held')
    expect(settings.heldWords).to.deep.equal(['grape*', 'vine'])
    expect(settings.maxLinks).to.equal(2)
    expect(settings.reactions).to.deep.equal(['👍', '🍇'])
    expect(textIn(view, '.saving [role=status]')).to.equal('Saved.')
  })

  it('say what the server did not take, at its field, and keep what was typed', async () => {
    const { put, save, view, field } = await open()
    await put('maxLinks', 'many')
    await save()
    await until(() => view.shadowRoot?.querySelector('.fault'))
    expect(field('maxLinks').value).to.equal('many')
    expect(field('maxLinks').getAttribute('aria-invalid')).to.equal('true')
    expect((await saved()).maxLinks).to.equal(5)
  })

  it('take rules, where comments go by rules', async () => {
    const { put, view, save } = await open()
    await put('policy', 'rules')
    view.shadowRoot?.querySelector<HTMLElement>('.rules > .button')?.click()
    await view.updateComplete
    const word = view.shadowRoot?.querySelector<HTMLInputElement>('.rules li .field') as HTMLInputElement
    word.value = 'casino'
    word.dispatchEvent(new Event('change'))
    await save()
    expect((await saved()).rules).to.deep.equal([{ verdict: 'held', word: 'casino' }])
    await expectAccessible(view)
  })

  it('take an account elsewhere with its secret, which is never shown again', async () => {
    const { view, save } = await open()
    const section = view.shadowRoot?.querySelector('[aria-labelledby=sign-in]') as HTMLElement
    ;[...section.querySelectorAll<HTMLElement>('.button')].at(-1)?.click()
    await view.updateComplete
    const inputs = [...section.querySelectorAll<HTMLInputElement>('.providers input')]
    for (const [i, value] of ['github', 'GitHub', 'client-1', 'hush-hush-secret'].entries()) {
      const input = inputs[i] as HTMLInputElement
      input.value = value
      input.dispatchEvent(new Event('change'))
    }
    await save()
    const settings = (await (await fetch('/v1/sign-in/settings')).json()) as SignInSettings
    expect(settings.providers[0]?.clientId).to.equal('client-1')
    expect(settings.providers[0]?.secret.set).to.equal(true)
    expect(JSON.stringify(settings)).not.to.contain('hush')
    await until(() => textIn(view, '.providers').includes(settings.providers[0]?.callback ?? '?'))
  })
})

describe('the list of members', () => {
  afterEach(answerAsUsual)

  it('shows who there is, and sets how far somebody is trusted', async () => {
    const stage = await setStage()
    const token = `pt_${crypto.randomUUID().replaceAll('-', '')}`
    const url = `${location.origin}/stories/a-walk`
    await stage.page('comments', { url, body: 'Good morning.', name: 'Ada' }, token)
    const view = await showView(stage.site, '#/members')
    await until(() => view.shadowRoot?.querySelector('tbody tr'))
    expect(textIn(view, 'tbody tr')).to.contain('Ada').and.to.contain('Guest')
    const trust = view.shadowRoot?.querySelector<HTMLSelectElement>(
      'td:nth-of-type(2) select',
    ) as HTMLSelectElement
    trust.value = '3'
    trust.dispatchEvent(new Event('change'))
    await until(() => textIn(view, '.notice') === 'Ada is changed.')
    await expectAccessible(view)
  })
})
