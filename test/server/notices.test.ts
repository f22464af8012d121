import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Notice, NoticeReceipt, Notices } from '../../server/contract/moderation.ts'
import { openMailer } from '../../server/mail.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'
import { type Bench, newSite, onEveryDatabase, pageOf, type TestSite } from '../support/databases.ts'
import { type Mailbox, openMailbox } from '../support/mailbox.ts'
import { keyHolder, personOf } from '../support/moderating.ts'
import { ARTICLE, refusal } from '../support/somebody.ts'
import { openToAll, reader, talker } from '../support/talking.ts'

const NOTICE = {
  ...{ url: ARTICLE, reason: 'defamation', explanation: 'It says that I stole.\nI did not.' },
  ...{ name: 'Nora Notifier', mail: 'nora@example.com', goodFaith: true },
}

/** Gives notice as a page does, without a token. */
async function give(bench: Bench, site: TestSite, more: object = {}, headers: Record<string, string> = {}) {
  const answer = await pageOf(bench, site)('/v1/notices', { ...NOTICE, ...more }, { headers })
  assert.equal(answer.status, 201, await answer.clone().text())
  return (await answer.json()) as NoticeReceipt
}

onEveryDatabase('notices of illegal content', (bench) => {
  let box: Mailbox
  let mailer: ReturnType<typeof openMailer>
  before(async () => {
    box = await openMailbox()
    const { config, log } = bench.deps
    mailer = openMailer({ ...config, smtpUrl: box.url }, log)
    Object.assign(bench.deps, { mail: mailer })
  })
  after(async () => {
    mailer.close()
    await box.close()
  })
  const receipt = (site: TestSite, code: string) => reader(bench, site).ask(`/v1/notices/${code}`)

  test('do not flood an address that somebody else may have named', async () => {
    const site = await newSite(bench)
    const mail = 'flooded@example.com'
    for (let n = 0; n < 22; n++) assert.match((await give(bench, site, { mail })).code, /^nt_/)
    await bench.settle()
    assert.equal(box.to(mail).length, 20)
  })

  test('are confirmed at once by mail, which says nothing that a stranger wrote', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { contact: 'objections@shop.example' })
    const { id } = await talker(bench, site).say('Nora stole it')
    const mail = 'confirmed@example.com'
    const { code, state, contact } = await give(bench, site, { comment: id, mail })
    assert.deepEqual([state, contact], ['received', 'objections@shop.example'])
    await bench.settle()
    const [received] = box.to(mail)
    assert.match(received?.text ?? '', new RegExp(code))
    assert.match(received?.text ?? '', /objections@shop\.example/)
    assert.doesNotMatch(received?.text ?? '', /stole|Nora/)
    const rows = await bench.deps.read
      .selectFrom('notice')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute()
    assert.doesNotMatch(JSON.stringify(rows), new RegExp(code))
  })

  test('sent again under one key are one, whose code no row holds', async () => {
    const site = await newSite(bench)
    const key = { 'idempotency-key': 'a notice'.replace(' ', '-') }
    const [one, two] = [await give(bench, site, {}, key), await give(bench, site, {}, key)]
    assert.deepEqual(one, two)
    const rows = await bench.deps.read
      .selectFrom('idempotency')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute()
    assert.equal(rows.length, 1)
    assert.doesNotMatch(JSON.stringify(rows), new RegExp(one.code))
    assert.equal((await keyHolder(bench, site).get<Notices>('/v1/notices')).data.length, 1)
  })

  test('that are well-founded take the comment down, with reasons to both sides, and all of it on the trail', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site, { contact: 'objections@shop.example' })
    const owner = keyHolder(bench, site)
    const moderator = await personOf(bench, site, 'moderator', 'Mona')
    const author = await personOf(bench, site, 'member', 'Ada')
    await bench.deps.write(({ db }) =>
      db
        .updateTable('person')
        .set({ mail: 'ada@example.com', mail_confirmed: 1 })
        .where('site_id', '=', site.id)
        .where('id', '=', author.id)
        .execute(),
    )
    const { id } = await author.say('Nora stole it')
    const { code } = await give(bench, site, { comment: id })
    const { data, next } = await owner.get<Notices>('/v1/notices?state=received')
    assert.equal(next, null)
    const [notice] = data as [Notice]
    assert.deepEqual(
      [notice.comment?.id, notice.name, notice.explanation, notice.trail],
      [id, NOTICE.name, NOTICE.explanation, []],
    )
    const statement = 'An untrue accusation of a crime is defamation.'
    const path = `/v1/notices/${notice.id}/decision`
    const decided = await moderator.done<Notice>('POST', path, { decision: 'removed', statement })
    assert.deepEqual(
      [decided.state, decided.statement, decided.decidedBy, decided.comment?.state],
      ['removed', statement, 'moderator Mona', 'refused'],
    )
    assert.deepEqual(
      decided.trail.map(({ act, who, note }) => [act, who, note]),
      [['notice', 'moderator Mona', statement]],
    )
    assert.deepEqual(decided.comment?.reasons, [{ reason: 'notice', detail: notice.id }])
    assert.equal((await reader(bench, site).thread()).count, 0)
    await bench.settle()
    const [, toNotifier] = box.to('nora@example.com').slice(-2)
    const [toAuthor] = box.to('ada@example.com')
    for (const mail of [toNotifier, toAuthor]) {
      assert.match(mail?.text ?? '', /An untrue accusation/)
      assert.match(mail?.text ?? '', /objections@shop\.example/)
    }
    assert.match(toAuthor?.text ?? '', /> Nora stole it/)
    assert.doesNotMatch(toAuthor?.text ?? '', /Notifier|nora@/)
    assert.doesNotMatch(toAuthor?.text ?? '', new RegExp(code))
    const told = (await (await receipt(site, code)).json()) as NoticeReceipt
    assert.deepEqual([told.state, told.statement, told.code], ['removed', statement, code])

    await moderator.done('POST', path, { decision: 'removed', statement })
    assert.equal((await owner.ask('POST', path, { decision: 'kept', statement })).status, 409)
    const acts = await owner.acts()
    assert.deepEqual(
      acts.map(({ act, undoable }) => [act, undoable]),
      [
        ['notice', true],
        ['refuse', false],
      ],
    )
    assert.equal((await owner.undo(acts[1]?.id ?? '')).status, 409)
    assert.equal((await owner.undo(acts[0]?.id ?? '')).status, 200)
    assert.equal((await reader(bench, site).thread()).count, 1)
    const again = (await (await receipt(site, code)).json()) as NoticeReceipt
    assert.deepEqual([again.state, again.statement, again.decidedAt], ['received', '', null])
    await bench.settle()
    assert.match(box.to('ada@example.com').at(-1)?.text ?? '', /taken back/)
    assert.match(box.to('nora@example.com').at(-1)?.text ?? '', /taken back/)
  })

  test('that are not leave the comment where it is, with the reasons to whoever sent them', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const owner = keyHolder(bench, site)
    const { id } = await talker(bench, site).say('The weather is bad')
    const mail = 'kept@example.com'
    await give(bench, site, { comment: id, mail })
    const [notice] = (await owner.get<Notices>('/v1/notices')).data
    const path = `/v1/notices/${notice?.id}/decision`
    await owner.done('POST', path, { decision: 'kept', statement: 'An opinion.' })
    await bench.settle()
    assert.match(box.to(mail).at(-1)?.text ?? '', /stays where it is[\s\S]*An opinion/)
    assert.equal((await reader(bench, site).thread()).count, 1)
    assert.deepEqual((await owner.get<Notices>('/v1/notices?state=received')).data, [])
  })

  test('whose decision is taken back before it was told tell nothing of it', async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    const mail = 'back@example.com'
    await give(bench, site, { mail })
    await bench.settle()
    const [notice] = (await owner.get<Notices>('/v1/notices')).data
    await owner.done('POST', `/v1/notices/${notice?.id}/decision`, { decision: 'kept', statement: 'So.' })
    const [act] = await owner.acts()
    assert.equal((await owner.undo(act?.id ?? '')).status, 200)
    await bench.settle()
    assert.deepEqual(
      box.to(mail).map(({ subject }) => /decided/.test(subject)),
      [false, false],
    )
  })

  test('name a comment and a page of this site, and who sends them', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    await openToAll(bench, other)
    const page = pageOf(bench, site)
    const theirs = await talker(bench, other).say('Theirs')
    const { code } = await give(bench, other)
    const cases: [object, unknown[]][] = [
      [{ comment: theirs.id }, [404, 'comment']],
      [{ comment: 'nothing' }, [404, 'comment']],
      [{ url: 'https://evil.example/' }, [422, 'url']],
      [{ reason: 'taste' }, [422, 'reason']],
      [{ explanation: '  ' }, [422, 'explanation']],
      [{ explanation: 'x'.repeat(5_001) }, [422, 'explanation']],
      [{ name: '' }, [422, 'name']],
      [{ name: undefined }, [422, 'name']],
      [{ mail: undefined }, [422, 'mail']],
      [{ mail: 'nora' }, [422, 'mail']],
      [{ mail: 'nora@example.com, eve@example.com' }, [422, 'mail']],
      [{ goodFaith: false }, [422, 'goodFaith']],
    ]
    for (const [more, expected] of cases)
      assert.deepEqual(
        await refusal(page('/v1/notices', { ...NOTICE, ...more })),
        expected,
        JSON.stringify(more),
      )
    const unknown = await receipt(site, code)
    assert.equal(unknown.status, 404)
    assert.equal((await receipt(site, `${code}x`)).status, 404)
    assert.deepEqual((await keyHolder(bench, site).get<Notices>('/v1/notices')).data, [])
  })

  test('of what harms children need no name', async () => {
    const site = await newSite(bench)
    await bench.settle()
    const before = box.mails.length
    const { code } = await give(bench, site, { reason: 'child_safety', name: undefined, mail: undefined })
    await bench.settle()
    assert.equal(box.mails.length, before)
    const [notice] = (await keyHolder(bench, site).get<Notices>('/v1/notices')).data
    assert.deepEqual([notice?.name, notice?.mail], ['', ''])
    assert.equal((await receipt(site, code)).status, 200)
  })

  test('say what their sender says, whatever it is', { skip: withoutCorpora }, async () => {
    const site = await newSite(bench)
    const owner = keyHolder(bench, site)
    const page = pageOf(bench, site)
    for (const text of JSON.parse(corpusText('text/blns.json')) as string[]) {
      const said = text.normalize('NFC').trim()
      const taken = said !== '' && said.isWellFormed() && !said.includes('\0')
      const answer = await page('/v1/notices', { ...NOTICE, explanation: text })
      assert.equal(answer.status, taken ? 201 : 422, JSON.stringify(text))
      if (!taken) continue
      const [notice] = (await owner.get<Notices>('/v1/notices?limit=1')).data
      assert.equal(notice?.explanation, said)
    }
  })

  test('can be had as a file', async () => {
    const site = await newSite(bench)
    await give(bench, site, { name: '=cmd()' })
    const file = await keyHolder(bench, site).ask('GET', '/v1/notices?format=csv')
    assert.match(file.headers.get('content-disposition') ?? '', /grapevine-notices\.csv/)
    assert.match(await file.text(), /'=cmd\(\)/)
  })
})
