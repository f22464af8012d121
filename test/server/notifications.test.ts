import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setState } from '../../server/comments/set-state.ts'
import type { Me } from '../../server/contract/people.ts'
import { openMailer } from '../../server/mail.ts'
import { oneLine } from '../../server/notifications/compose.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'
import { newSite, ORIGIN, onEveryDatabase } from '../support/databases.ts'
import { type Mailbox, openMailbox } from '../support/mailbox.ts'
import { refusal } from '../support/somebody.ts'
import { openToAll, settingsOf, talker } from '../support/talking.ts'

const PAGE = `${ORIGIN}/article`

onEveryDatabase('mail about replies', (bench) => {
  let box: Mailbox
  before(async () => {
    box = await openMailbox()
    bench.deps.mail = openMailer({ ...bench.deps.config, smtpUrl: box.url }, bench.deps.log)
  })
  after(async () => {
    bench.deps.mail.close()
    await box.close()
  })

  let mails = 0
  const newAddress = () => `ada${++mails}.${bench.deps.now()}@mail.example`
  const open = async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    return site
  }
  const linkIn = (text: string, page: string) =>
    new RegExp(`https://grapevine\\.test(/mail/${page}\\?token=\\S+)`).exec(text)?.[1] ?? ''
  const press = (link: string, body = '') =>
    bench.request(link, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
  const meOf = async (ada: ReturnType<typeof talker>) => (await (await ada.ask('GET', '/v1/me')).json()) as Me
  /** Somebody whose address has said yes. */
  const listener = async (site: Awaited<ReturnType<typeof newSite>>, name = 'Ada') => {
    const [ada, address] = [talker(bench, site, name), newAddress()]
    const said = await ada.say('What do you think?', { url: PAGE, mail: address, title: 'On vines' })
    await bench.settle()
    const [asked] = box.to(address)
    assert.equal((await press(linkIn(asked?.text ?? '', 'confirm'))).status, 200)
    return { ada, address, said }
  }

  test('an address hears nothing but one question until it says yes', async () => {
    const site = await open()
    const [ada, address] = [talker(bench, site), newAddress()]
    const said = await ada.say('First', { url: PAGE, mail: address })
    await talker(bench, site, 'Bob').say('Answer', { url: PAGE, parent: said.id })
    await bench.settle()
    assert.deepEqual(
      box.to(address).map(({ subject }) => subject),
      ['Do you want replies from Shop?'],
    )
    assert.deepEqual((await meOf(ada)).mail, { address, confirmed: false })
    const link = linkIn(box.to(address)[0]?.text ?? '', 'confirm')
    // Programs that look through mail open links: that changes nothing.
    const page = await bench.request(link)
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<form method="post">.*<button>Yes, send me replies/)
    assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'/)
    assert.deepEqual((await meOf(ada)).mail, { address, confirmed: false })
    assert.equal((await press(link)).status, 200)
    assert.deepEqual((await meOf(ada)).mail, { address, confirmed: true })
    // A link is good once.
    assert.equal((await press(link)).status, 410)
  })

  test('whoever asked hears that they were answered, and stops it by a link or one click', async () => {
    const site = await open()
    const { ada, address, said } = await listener(site)
    const reply = await talker(bench, site, 'Bob').say('I **agree**\n\nreally', {
      url: PAGE,
      parent: said.id,
    })
    await bench.settle()
    const [, mail, ...more] = box.to(address)
    assert.equal(more.length, 0)
    assert.equal(mail?.subject, 'Bob answered your comment on On vines')
    assert.ok(mail?.text.includes('> I agree\n> \n> really'), mail?.text)
    assert.ok(mail?.text.includes(`${PAGE}#grapevine-comment-${reply.id}`))
    const unsubscribe = mail?.headers.get('list-unsubscribe') ?? ''
    assert.equal(mail?.headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    assert.match(mail?.headers.get('message-id') ?? '', /^<[\w-]+@grapevine\.test>$/)
    const link = linkIn(unsubscribe.replace('>', ''), 'stop')
    assert.equal(link, linkIn(mail?.text ?? '', 'stop'))
    assert.equal((await bench.request(link)).status, 200)
    assert.equal((await meOf(ada)).mail?.confirmed, true)
    assert.equal((await press(`${link.slice(0, -4)}AAAA`)).status, 410)
    assert.equal((await press(link, 'List-Unsubscribe=One-Click')).status, 200)
    assert.equal((await meOf(ada)).mail, null)
    assert.equal((await press(link)).status, 200)
    await talker(bench, site, 'Eve').say('Too late', { url: PAGE, parent: said.id })
    await bench.settle()
    assert.equal(box.to(address).length, 2)
  })

  test('nobody hears of themselves, of what others do not see, or while they are banned', async () => {
    const site = await open()
    const { ada, address, said } = await listener(site)
    await ada.say('Myself', { url: PAGE, parent: said.id })
    await settingsOf(bench, site, { policy: 'all_held' })
    await talker(bench, site, 'Bob').tell({ url: PAGE, parent: said.id, body: 'Held' })
    await bench.settle()
    assert.equal(box.to(address).length, 1)
    await openToAll(bench, site)
    await bench.deps.write(({ db, now, newId }) =>
      db
        .insertInto('ban')
        .values({
          ...{ site_id: site.id, id: newId(), kind: 'ban', person_id: said.author?.id ?? '', share_id: null },
          ...{ until: now() + 1_000_000, note: '', who: 'owner', at: now(), lifted_at: null },
        })
        .execute(),
    )
    await talker(bench, site, 'Carol').say('While banned', { url: PAGE, parent: said.id })
    await bench.settle()
    assert.equal(box.to(address).length, 1)
    bench.clock.now += 2_000_000
    const gone = talker(bench, site, 'Dan')
    const taken = await gone.say('Taken back at once', { url: PAGE, parent: said.id })
    await gone.remove(taken.id)
    await bench.settle()
    assert.equal(box.to(address).length, 1)
    await talker(bench, site, 'Fay').say('Afterwards', { url: PAGE, parent: said.id })
    await bench.settle()
    assert.equal(box.to(address).length, 2)
  })

  test('what was held is told when it is let through', async () => {
    const site = await open()
    const { address, said } = await listener(site)
    await settingsOf(bench, site, { policy: 'all_held' })
    const held = await talker(bench, site, 'Bob').say('Good words', { url: PAGE, parent: said.id })
    await bench.settle()
    assert.equal(box.to(address).length, 1)
    await bench.deps.write((work) => setState(work, site.id, held.id, { state: 'visible', decided: true }))
    await bench.settle()
    assert.equal(box.to(address).length, 2)
  })

  test('an address is asked once in ten minutes, whoever names it and however it is written', async () => {
    const site = await open()
    const address = newAddress()
    const [ada, eve] = [talker(bench, site), talker(bench, site, 'Eve')]
    await ada.say('one', { url: PAGE, mail: address })
    await eve.say('two', { url: PAGE, mail: address.toUpperCase() })
    await ada.ask('PATCH', '/v1/me', { mail: null })
    await ada.ask('PATCH', '/v1/me', { mail: address })
    await bench.settle()
    const asked = () => box.mails.filter(({ to }) => to.some((one) => one.toLowerCase() === address))
    assert.equal(asked().length, 1)
    bench.clock.now += 11 * 60_000
    await ada.ask('PATCH', '/v1/me', { mail: null })
    await ada.ask('PATCH', '/v1/me', { mail: address })
    await bench.settle()
    assert.equal(asked().length, 2)
    assert.equal((await press(linkIn(asked()[1]?.text ?? '', 'confirm'))).status, 200)
    assert.equal((await meOf(ada)).mail?.confirmed, true)
    assert.equal((await meOf(eve)).mail?.confirmed, false)
  })

  test('an address is asked five times a day at most', async () => {
    const site = await open()
    const [address, ada] = [newAddress(), talker(bench, site)]
    await ada.say('one', { url: PAGE })
    for (let n = 0; n < 7; n++) {
      bench.clock.now += 11 * 60_000
      await ada.ask('PATCH', '/v1/me', { mail: address.replace('@', `+${n}@`) })
      await bench.settle()
    }
    const asked = box.mails.filter(({ to }) => to[0]?.startsWith(address.replace(/@.*/, '+')))
    assert.equal(asked.length, 5)
  })

  test('a link is good for seven days, and for the address it was sent to', async () => {
    const site = await open()
    const [ada, one, two] = [talker(bench, site), newAddress(), newAddress()]
    await ada.say('one', { url: PAGE, mail: one })
    await bench.settle()
    const first = linkIn(box.to(one)[0]?.text ?? '', 'confirm')
    await ada.ask('PATCH', '/v1/me', { mail: two })
    await bench.settle()
    assert.equal((await press(first)).status, 410)
    const second = linkIn(box.to(two)[0]?.text ?? '', 'confirm')
    bench.clock.now += 7 * 24 * 60 * 60_000
    assert.equal((await press(second)).status, 410)
    assert.deepEqual((await meOf(ada)).mail, { address: two, confirmed: false })
    for (const link of [
      '/mail/confirm',
      '/mail/stop',
      '/mail/confirm?token=x',
      `/mail/stop?token=${site.id}.x.${'a'.repeat(43)}`,
    ]) {
      assert.equal((await bench.request(link)).status, 200)
      assert.equal((await press(link)).status, 410)
    }
    const secrets = await bench.deps.read.selectFrom('sign_in').select(['token_hash', 'data']).execute()
    for (const link of [first, second])
      assert.ok(!JSON.stringify(secrets).includes(link.split('.').at(-1) ?? 'x'))
  })

  test('an address of another shape is refused', async () => {
    const site = await open()
    const ada = talker(bench, site)
    for (const mail of [
      'x',
      'a@b',
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example, c@d.example',
      '<a@b.example>',
      'a b@c.example',
      `${'x'.repeat(250)}@b.example`,
    ]) {
      assert.deepEqual(await refusal(ada.tell({ url: PAGE, mail })), [422, 'mail'], mail)
      assert.deepEqual(await refusal(ada.ask('PATCH', '/v1/me', { mail })), [422, 'mail'], mail)
    }
  })

  test('no name and no title adds anything to a header', { skip: withoutCorpora }, async () => {
    const naughty = (JSON.parse(corpusText('text/blns.json')) as string[]).filter((text) =>
      text.isWellFormed(),
    )
    for (const text of [...naughty, 'a\r\nBcc: eve@evil.example', 'a\u2028b', 'a\u202eb', '\u0000'])
      assert.doesNotMatch(oneLine(text), /[\p{C}\p{Zl}\p{Zp}\r\n]/u)
    const site = await open()
    const ada = talker(bench, site)
    const address = newAddress()
    const said = await ada.say('Hi', {
      url: PAGE,
      mail: address,
      title: 'T\r\nBcc: eve@evil.example\r\n\r\n<b>x</b>',
    })
    await bench.settle()
    await press(linkIn(box.to(address)[0]?.text ?? '', 'confirm'))
    for (const [n, name] of [
      '=?utf-8?q?a?=',
      'Bob <eve@evil.example>, x',
      '名前 😀'.repeat(6),
      '"; x: y',
    ].entries())
      await talker(bench, site, `${name}${n}`).say(
        `<script>${n} ${crypto.randomUUID()} ${crypto.randomUUID()}`,
        {
          url: PAGE,
          parent: said.id,
        },
      )
    await bench.settle()
    const got = box.to(address).slice(1)
    assert.equal(got.length, 4)
    for (const { to, headers, raw, subject } of got) {
      assert.deepEqual(to, [address])
      for (const name of headers.keys())
        assert.ok(
          /^(from|to|subject|message-id|date|mime-version|content-(type|transfer-encoding)|list-unsubscribe(-post)?)$/.test(
            name,
          ),
          name,
        )
      assert.ok(subject.includes('answered your comment on T Bcc: eve@evil.example'), subject)
      assert.ok(!raw.includes('<script>') || raw.includes('> <script>'))
    }
    assert.equal(box.to('eve@evil.example').length, 0)
  })
})
