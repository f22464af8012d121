import { expect, fixtureCleanup } from '@open-wc/testing'
import { emulateMedia, sendKeys } from '@web/test-runner-commands'
import type { Comment, Posted, Thread } from '../../server/contract/comments.ts'
import type { Bans, Notices, Queue } from '../../server/contract/moderation.ts'
import type { SignedIn } from '../../server/contract/sign-in.ts'
import type { GrapevineComments } from '../../widgets/comments/grapevine-comments.ts'
import {
  arrange,
  buttonSaying,
  commentsOf,
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
import { startAfresh, type TestSite, until } from './page.ts'

let site: TestSite
let url: string
let comment: Comment

const asOwner = <Answer>(path: string) => say<Answer>(site, 'GET', path, undefined, site.sk)
const threadOf = () =>
  say<Thread>(site, 'GET', `threads?url=${encodeURIComponent(url)}`, undefined, newToken())

/** Makes this browser that of a moderator. */
async function staff(): Promise<void> {
  const secret = 'a secret of more than thirty-two letters'
  await say(site, 'PATCH', 'sign-in/settings', { sso: { secret } }, site.sk)
  const claims = { sub: 'mo', aud: site.pk, name: 'Mo', grapevine_role: 'moderator' }
  const session = { token: await jwt(secret, claims) }
  const { token } = await say<SignedIn>(site, 'POST', 'sign-in/sso', session, newToken())
  localStorage.setItem(`grapevine:${site.pk.slice(3, 9)}:token`, token)
}

/** Opens something of the first comment’s menu. */
async function choose(element: Element, words: string): Promise<void> {
  ;(await find(element, '.list [data-act=menu]')).click()
  ;(await buttonSaying(element, words, '.menu')).click()
  await find(element, 'dialog[open]')
}

const open = async (words: string): Promise<GrapevineComments> => {
  const element = await commentsOf(url)
  await choose(element, words)
  return element
}

describe('keeping comments clean on the page', () => {
  beforeEach(async () => {
    startAfresh()
    site = await openStage()
    url = newPage()
    await arrange(site, { policy: 'open', proofOfWork: 'never', contact: 'mo@example.org' })
    await emulateMedia({ reducedMotion: 'reduce' })
    const said = { url, body: 'Something bad', name: 'Mallory' }
    comment = (await say<Posted>(site, 'POST', 'comments', said, newToken())).comment
  })
  afterEach(async () => {
    fixtureCleanup()
    document.documentElement.lang = 'en'
    await emulateMedia({ colorScheme: 'light' })
  })

  it('reports a comment with a reason and a note', async () => {
    const element = await open('Report')
    ;(await find<HTMLInputElement>(element, '[value=abuse]')).click()
    type(await find<HTMLTextAreaElement>(element, '#report-note'), 'It hurts')
    ;(await buttonSaying(element, 'Report', 'dialog')).click()
    await saying(element, 'Thank you. A moderator will look at it.')
    const { data } = await asOwner<Queue>('moderation/queue?show=reported')
    expect(data[0]?.reports[0]).to.deep.include({ reason: 'abuse', note: 'It hurts' })
  })

  it('gives notice of illegal content, with a receipt to keep', async () => {
    const element = await open('Report')
    ;(await find<HTMLInputElement>(element, '[value=illegal]')).click()
    ;(await buttonSaying(element, 'Give notice of illegal content')).click()
    type(await find<HTMLTextAreaElement>(element, '#notice-explanation'), 'It is a libel.')
    type(await find<HTMLInputElement>(element, '#notice-name'), 'Alice')
    type(await find<HTMLInputElement>(element, '#notice-mail'), 'alice')
    ;(await buttonSaying(element, 'Send the notice')).click()
    await saying(element, 'Without this no notice can be taken.')
    ;(await find<HTMLInputElement>(element, '#notice-goodFaith')).click()
    ;(await buttonSaying(element, 'Send the notice')).click()
    await saying(element, 'This is not a mail address.')
    await until(() => element.shadowRoot?.activeElement?.id === 'notice-mail', 'the focus on the address')
    type(await find<HTMLInputElement>(element, '#notice-mail'), 'alice@mail.example.org')
    ;(await find<HTMLSelectElement>(element, '#notice-kind')).value = 'defamation'
    ;(await buttonSaying(element, 'Send the notice')).click()
    await saying(element, 'Your notice was received')
    const code = (await find<HTMLInputElement>(element, 'dialog .with input')).value
    await saying(element, 'mo@example.org')
    const { data } = await asOwner<Notices>('notices')
    expect(data[0]).to.deep.include({ reason: 'defamation', name: 'Alice', explanation: 'It is a libel.' })
    expect(data[0]?.comment?.id).to.equal(comment.id)
    const receipt = await say<{ state: string }>(site, 'GET', `notices/${code}`, undefined, newToken())
    expect(receipt.state).to.equal('received')
    await expect(element).shadowDom.to.be.accessible()
  })

  it('offers moderating to staff alone', async () => {
    const element = await commentsOf(url)
    ;(await find(element, '.list [data-act=menu]')).click()
    await buttonSaying(element, 'Report', '.menu')
    expect(textOf(element)).not.to.include('Moderate')
  })

  it('holds a comment, and takes it back', async () => {
    await staff()
    const element = await open('Moderate')
    ;(await buttonSaying(element, 'Hold')).click()
    await saying(element, 'Held.')
    expect((await threadOf()).count).to.equal(0)
    await until(() => !element.shadowRoot?.querySelector('.list article'), 'that it is gone')
    ;(await buttonSaying(element, 'Undo')).click()
    await saying(element, 'Undone.')
    expect((await threadOf()).count).to.equal(1)
    await until(() => element.shadowRoot?.querySelector('.list article'), 'that it is back')
  })

  it('pins a comment, and unpins it', async () => {
    await staff()
    const element = await open('Moderate')
    ;(await buttonSaying(element, 'Pin to the top')).click()
    await saying(element, 'Pinned.')
    expect((await threadOf()).data[0]?.pinned).to.equal(true)
    ;(await buttonSaying(element, 'Unpin')).click()
    await saying(element, 'Not pinned any more.')
    expect((await threadOf()).data[0]?.pinned).to.equal(false)
  })

  it('bans an author for a while, in sight or not, and lifts it', async () => {
    await staff()
    const element = await open('Moderate')
    ;(await find<HTMLSelectElement>(element, '#ban-term')).value = 'week'
    type(await find<HTMLInputElement>(element, '#ban-note'), 'Again and again')
    ;(await buttonSaying(element, 'Let only Mallory see what they write')).click()
    await saying(element, 'Only they see what they write from now on.')
    const [ban] = (await asOwner<Bans>('moderation/bans')).data
    expect(ban).to.deep.include({ kind: 'shadow', note: 'Again and again', active: true })
    const days = (Date.parse(ban?.until ?? '') - Date.now()) / 86_400_000
    expect(Math.round(days)).to.equal(7)
    ;(await buttonSaying(element, 'Undo')).click()
    await saying(element, 'Undone.')
    expect((await asOwner<Bans>('moderation/bans?active=true')).data).to.deep.equal([])
  })

  it('locks a thread and says what is talked about', async () => {
    await staff()
    const element = await open('Moderate')
    const turn = async (id: string, value: string) => {
      const select = await find<HTMLSelectElement>(element, id)
      select.value = value
      select.dispatchEvent(new Event('change', { bubbles: true }))
    }
    await turn('#thread-mode', 'ideas')
    await until(async () => (await threadOf()).mode === 'ideas', 'the mode')
    await find(element, '#idea-status')
    await until(
      () => element.shadowRoot?.querySelector('.told')?.textContent?.includes('Set.'),
      'that it is said',
    )
    await turn('#thread-state', 'locked')
    await until(async () => (await threadOf()).state === 'locked', 'the state')
    await saying(element, 'No new comments are taken here.')
  })

  it('says what becomes of an idea, and why', async () => {
    await staff()
    await say(site, 'PATCH', 'threads', { url, mode: 'ideas' }, site.sk)
    const element = await open('Moderate')
    ;(await find<HTMLSelectElement>(element, '#idea-status')).value = 'declined'
    type(await find<HTMLTextAreaElement>(element, '#idea-note'), 'Too bad')
    ;(await buttonSaying(element, 'Set')).click()
    await until(async () => (await threadOf()).data[0]?.status?.note === 'Too bad', 'the status')
    await until(() => element.shadowRoot?.querySelector('.list .declined'), 'that it is shown')
  })

  for (const scheme of ['light', 'dark'] as const)
    it(`is accessible in ${scheme}`, async () => {
      await staff()
      await emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      document.body.style.cssText = scheme === 'dark' ? 'background:#16181c;color:#e6e8eb' : ''
      const element = await open('Report')
      ;(await find<HTMLInputElement>(element, '[value=illegal]')).click()
      await expect(element).shadowDom.to.be.accessible()
      ;(await buttonSaying(element, 'Give notice of illegal content')).click()
      await find(element, '#notice-kind')
      await expect(element).shadowDom.to.be.accessible()
      await sendKeys({ press: 'Escape' })
      await until(() => !element.shadowRoot?.querySelector('dialog'), 'its end')
      await choose(element, 'Moderate')
      await expect(element).shadowDom.to.be.accessible()
      document.body.removeAttribute('style')
    })

  it('speaks Chinese', async () => {
    document.documentElement.lang = 'zh'
    const element = await commentsOf(url)
    ;(await find(element, '.list [data-act=menu]')).click()
    ;(await buttonSaying(element, '举报', '.menu')).click()
    await saying(element, '它有什么问题？')
  })
})
