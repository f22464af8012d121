import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sweep } from '../../server/jobs.ts'
import { rebuildSite } from '../../server/reports/rebuild.ts'
import { newSite, newToken, onEveryDatabase } from '../support/databases.ts'
import { browser, codeIn, newAddress, withMailbox } from '../support/members.ts'
import { mintCode, refusal, somebody } from '../support/somebody.ts'

const MINUTE = 60_000

onEveryDatabase('signing in by mail', (bench) => {
  const mail = withMailbox(bench)

  test('a guest who signs in becomes the member, with all that was theirs', async () => {
    const site = await newSite(bench)
    const alice = browser(bench, site)
    const guest = await alice.call('Alice')
    const old = alice.token as string
    const address = newAddress()
    const signed = await alice.byMail(mail, address)
    assert.equal(signed.guest, null)
    assert.equal(signed.me.id, guest.id)
    assert.deepEqual(
      { member: signed.me.member, name: signed.me.name, by: signed.me.signsInBy, mail: signed.me.mail },
      { member: true, name: 'Alice', by: ['mail'], mail: { address, confirmed: true } },
    )
    assert.match(signed.token, /^pt_[\w-]{32}$/)
    assert.deepEqual(await alice.me(), signed.me)
    assert.deepEqual(await refusal(browser(bench, site, old).ask('GET', '/v1/me')), [401, undefined])
    assert.ok(Date.parse(signed.expiresAt) > bench.clock.now + 364 * 24 * 60 * MINUTE)
  })

  test('whoever is nobody yet is born by it, brought by the share they came through', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share({ code: mintCode(site) })
    const bob = browser(bench, site)
    await somebody(bench, site, bob.token).visit(code)
    const { me } = await bob.byMail(mail, newAddress())
    const born = await bench.deps.read
      .selectFrom('person')
      .innerJoin('share', (join) =>
        join.onRef('share.site_id', '=', 'person.site_id').onRef('share.id', '=', 'person.brought_by'),
      )
      .select('share.code')
      .where('person.site_id', '=', site.id)
      .where('person.id', '=', me.id)
      .executeTakeFirst()
    assert.equal(born?.code, code)
  })

  test('a member gets a token of their own in every browser; the mailbox is one however it is written', async () => {
    const site = await newSite(bench)
    const one = browser(bench, site)
    const two = browser(bench, site)
    const first = await one.byMail(mail, 'carol.x@gmail.com')
    const second = await two.byMail(mail, 'CarolX+news@googlemail.com')
    assert.equal(second.me.id, first.me.id)
    assert.notEqual(second.token, first.token)
    assert.equal((await one.me()).id, (await two.me()).id)
  })

  test('an address with a tag is somebody else’s, but where the service is known to have one mailbox for both', async () => {
    const site = await newSite(bench)
    const [dora, other] = [browser(bench, site), browser(bench, site)]
    const { me } = await dora.byMail(mail, 'dora@example.com')
    const tagged = await other.byMail(mail, 'dora+x@example.com')
    assert.notEqual(tagged.me.id, me.id)
    assert.equal((await other.byMail(mail, 'DORA@example.com')).me.id, me.id)
    // Nor is a code for one good for the other.
    await other.ask('POST', '/v1/sign-in/mail', { mail: 'dora+y@example.com' })
    await bench.settle()
    const code = codeIn(mail.box, 'dora+y@example.com')
    const attempt = other.ask('POST', '/v1/sign-in/mail/code', { mail: 'dora@example.com', code })
    assert.deepEqual(await refusal(attempt), [422, 'code'])
  })

  test('a browser without a token can sign in', async () => {
    const site = await newSite(bench)
    const signed = await browser(bench, site, '').byMail(mail, newAddress())
    assert.equal(signed.me.member, true)
  })

  test('signing in again in the same browser changes the token and nothing else', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const alice = browser(bench, site)
    const first = await alice.byMail(mail, address)
    const again = await alice.byMail(mail, address)
    assert.deepEqual([again.me.id, again.guest], [first.me.id, null])
    assert.equal((await browser(bench, site, first.token).ask('GET', '/v1/me')).status, 401)
  })

  test('a guest whose browser signs in as a known member is told of, and stays who they are', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const { me } = await browser(bench, site).byMail(mail, address)
    const laptop = browser(bench, site)
    await laptop.call('Nobody in particular')
    await somebody(bench, site, laptop.token).share({ code: mintCode(site) })
    const guest = browser(bench, site, laptop.token)
    const signed = await laptop.byMail(mail, address)
    assert.equal(signed.me.id, me.id)
    assert.deepEqual(signed.guest, { name: 'Nobody in particular', comments: 0, shares: 1 })
    assert.equal((await guest.me()).member, false)
  })

  test('who arrived through a share, signs in and buys was brought by the sharer', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share({ code: mintCode(site) })
    const known = newAddress()
    await browser(bench, site).byMail(mail, known)
    for (const [who, address] of [
      ['a guest', newAddress()],
      ['nobody', newAddress()],
      ['a known member', known],
    ] as const) {
      const buyer = browser(bench, site)
      await somebody(bench, site, buyer.token).visit(code)
      if (who === 'a guest') await buyer.call('Guest')
      await buyer.byMail(mail, address)
      await somebody(bench, site, buyer.token).convert({ orderId: who, value: 100, currency: 'EUR' })
      const conversion = await bench.deps.read
        .selectFrom('conversion')
        .innerJoin('share', (join) =>
          join
            .onRef('share.site_id', '=', 'conversion.site_id')
            .onRef('share.id', '=', 'conversion.share_id'),
        )
        .select(['share.code', 'conversion.buyer_id'])
        .where('conversion.site_id', '=', site.id)
        .where('conversion.order_id', '=', who)
        .executeTakeFirst()
      assert.deepEqual({ ...conversion }, { code, buyer_id: (await buyer.me()).id }, who)
      assert.equal(await somebody(bench, site, buyer.token).visit(code), 'again', who)
    }
    assert.deepEqual(await bench.deps.write((work) => rebuildSite(work, site.id)), {
      rollup: 0,
      share_total: 0,
      cascade: 0,
      cascade_level: 0,
    })
  })

  test('what nobody bought before signing in was bought by whoever they turned out to be', async () => {
    const site = await newSite(bench)
    const buyer = browser(bench, site)
    await somebody(bench, site, buyer.token).convert({ orderId: 'early', value: 100, currency: 'EUR' })
    const { me } = await buyer.byMail(mail, newAddress())
    const report = (await (
      await bench.request(`/v1/reports/people/${me.id}?from=2026-11-01T00:00:00Z&to=2026-12-31T00:00:00Z`, {
        headers: { authorization: `Bearer ${site.secretKey}` },
      })
    ).json()) as { bought: number }
    assert.equal(report.bought, 1)
  })

  test('a code is good once, and the first who comes with it is let in', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const [one, two] = [browser(bench, site), browser(bench, site)]
    await one.ask('POST', '/v1/sign-in/mail', { mail: address })
    await bench.settle()
    const code = codeIn(mail.box, address)
    const answers = await Promise.all(
      [one, two].map((each) => each.ask('POST', '/v1/sign-in/mail/code', { mail: address, code })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
    assert.deepEqual(await refusal(two.ask('POST', '/v1/sign-in/mail/code', { mail: address, code })), [
      409,
      'code',
    ])
  })

  test('a wrong code is refused, and after five attempts the right one, too', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const alice = browser(bench, site)
    await alice.ask('POST', '/v1/sign-in/mail', { mail: address })
    await bench.settle()
    const code = codeIn(mail.box, address)
    const wrong = code === '000000' ? '000001' : '000000'
    const attempt = (text: string) =>
      refusal(alice.ask('POST', '/v1/sign-in/mail/code', { mail: address, code: text }))
    for (let i = 0; i < 4; i++) assert.deepEqual(await attempt(wrong), [422, 'code'])
    assert.deepEqual(await attempt(wrong), [409, 'code'])
    assert.deepEqual(await attempt(code), [409, 'code'])
    assert.equal((await alice.byMail(mail, address)).me.member, true)
  })

  test('a code is good for ten minutes, and void when another is asked for', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const alice = browser(bench, site)
    const ask = async () => {
      await alice.ask('POST', '/v1/sign-in/mail', { mail: address })
      await bench.settle()
      return codeIn(mail.box, address)
    }
    const attempt = async (code: string) =>
      (await alice.ask('POST', '/v1/sign-in/mail/code', { mail: address, code })).status
    const first = await ask()
    let second = await ask()
    while (second === first) second = await ask()
    assert.equal(await attempt(first), 422)
    bench.clock.now += 10 * MINUTE
    assert.equal(await attempt(second), 409)
  })

  test('one address is sent five codes an hour at most', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      const response = await browser(bench, site).ask('POST', '/v1/sign-in/mail', { mail: address })
      statuses.push(response.status)
      if (response.status === 429) assert.ok(Number(response.headers.get('retry-after')) > 3000)
    }
    assert.deepEqual(statuses, [202, 202, 202, 202, 202, 429])
    await bench.settle()
    bench.clock.now += 61 * MINUTE
    assert.equal((await browser(bench, site).byMail(mail, address)).me.member, true)
  })

  test('only the newest code is mailed, once, and none that is no longer good', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const alice = browser(bench, site)
    await alice.ask('POST', '/v1/sign-in/mail', { mail: address })
    await alice.ask('POST', '/v1/sign-in/mail', { mail: address })
    await bench.settle()
    assert.equal(mail.box.to(address).length, 1)
    await alice.ask('POST', '/v1/sign-in/mail', { mail: address })
    bench.clock.now += 11 * MINUTE
    await bench.settle()
    assert.equal(mail.box.to(address).length, 1)
  })

  test('the mail names the site in one line, and says the code in its subject', async () => {
    const site = await newSite(bench)
    await bench.deps.write(({ db }) =>
      db
        .updateTable('site')
        .set({ name: 'Shop\r\nBcc: victim@example.com\u2028 葡萄' })
        .where('site_id', '=', site.id)
        .execute(),
    )
    const address = newAddress()
    await browser(bench, site).byMail(mail, address)
    const [received] = mail.box.to(address)
    assert.ok(received)
    assert.equal(
      received.subject,
      `${codeIn(mail.box, address)} is your code for Shop Bcc: victim@example.com 葡萄`,
    )
    assert.equal(received.headers.has('bcc'), false)
    assert.deepEqual(received.to, [address])
  })

  test('the mail is in the language of whoever asked', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const chinese = { 'accept-language': 'zh-CN,zh;q=0.9' }
    await browser(bench, site).ask('POST', '/v1/sign-in/mail', { mail: address }, chinese)
    await bench.settle()
    assert.match(mail.box.to(address)[0]?.subject ?? '', /^\d{6} 是您在 Shop 的验证码$/)
  })

  test('no code and no token stands in the database as it is', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const alice = browser(bench, site)
    await alice.ask('POST', '/v1/sign-in/mail', { mail: address })
    const jobs = await bench.deps.read
      .selectFrom('outbox')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute()
    const kept = await bench.deps.read
      .selectFrom('sign_in')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute()
    await bench.settle()
    const code = codeIn(mail.box, address)
    assert.equal(jobs.length, 1)
    assert.equal(kept.length, 1)
    assert.doesNotMatch(JSON.stringify({ ...jobs[0], id: '' }), new RegExp(`"${code}"`))
    assert.doesNotMatch(JSON.stringify(kept), new RegExp(`"${code}"`))
    const { token } = await alice.signedIn(
      alice.ask('POST', '/v1/sign-in/mail/code', { mail: address, code }, { 'idempotency-key': 'one' }),
    )
    const everything = await Promise.all(
      (['person_key', 'idempotency', 'sign_in', 'outbox'] as const).map((table) =>
        bench.deps.read.selectFrom(table).selectAll().where('site_id', '=', site.id).execute(),
      ),
    )
    assert.ok(!JSON.stringify(everything).includes(token))
  })

  test('the answer is the same whether somebody is known or not', async () => {
    const site = await newSite(bench)
    const known = newAddress()
    await browser(bench, site).byMail(mail, known)
    const answer = async (address: string) => {
      const response = await browser(bench, site).ask('POST', '/v1/sign-in/mail', { mail: address })
      const body = (await response.json()) as { mail: string; expiresAt: string }
      return [response.status, Object.keys(body), body.mail === address]
    }
    assert.deepEqual(await answer(known), await answer(newAddress()))
  })

  test('a person of one site is nobody on another: codes, tokens and members are a site’s own', async () => {
    const [here, there] = [await newSite(bench), await newSite(bench)]
    const address = newAddress()
    const alice = browser(bench, here)
    const signed = await alice.byMail(mail, address)
    assert.equal((await browser(bench, there, signed.token).ask('GET', '/v1/me')).status, 404)
    await alice.ask('POST', '/v1/sign-in/mail', { mail: address })
    await bench.settle()
    const code = codeIn(mail.box, address)
    assert.deepEqual(
      await refusal(browser(bench, there).ask('POST', '/v1/sign-in/mail/code', { mail: address, code })),
      [409, 'code'],
    )
    assert.notEqual((await browser(bench, there).byMail(mail, address)).me.id, signed.me.id)
  })

  test('a site may do without', async () => {
    const site = await newSite(bench)
    const response = await bench.request('/v1/sign-in/settings', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` },
      body: JSON.stringify({ mail: false }),
    })
    assert.equal(response.status, 200)
    const alice = browser(bench, site)
    const body = { mail: newAddress() }
    assert.equal((await alice.ask('POST', '/v1/sign-in/mail', body)).status, 403)
    assert.equal((await alice.ask('POST', '/v1/sign-in/mail/code', { ...body, code: '123456' })).status, 403)
  })

  for (const [what, body, field] of [
    ['no address', {}, 'mail'],
    ['a name', { mail: 'alice' }, 'mail'],
    ['two addresses', { mail: 'a@example.com,b@example.com' }, 'mail'],
    ['an address with a line break', { mail: 'a@example.com\r\nBcc: b@example.com' }, 'mail'],
    ['an address that reads backwards', { mail: 'a\u202e@example.com' }, 'mail'],
    ['an address with what is unseen', { mail: 'a\u200b@example.com' }, 'mail'],
    ['an address in brackets', { mail: '<a@example.com>' }, 'mail'],
    ['a field nobody knows', { mail: 'a@example.com', role: 'owner' }, 'role'],
  ] as const)
    test(`refuses ${what}`, async () => {
      const site = await newSite(bench)
      assert.deepEqual(await refusal(browser(bench, site).ask('POST', '/v1/sign-in/mail', body)), [
        422,
        field,
      ])
    })

  for (const code of ['12345', '1234567', '12345a', '１２３４５６', ''])
    test(`refuses ${JSON.stringify(code)} as a code`, async () => {
      const site = await newSite(bench)
      const body = { mail: newAddress(), code }
      assert.deepEqual(await refusal(browser(bench, site).ask('POST', '/v1/sign-in/mail/code', body)), [
        422,
        'code',
      ])
    })
})

onEveryDatabase('signing out', (bench) => {
  const mail = withMailbox(bench)

  test('ends this browser’s token, and no other', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const [one, two] = [browser(bench, site), browser(bench, site)]
    await one.byMail(mail, address)
    await two.byMail(mail, address)
    assert.equal((await one.ask('DELETE', '/v1/session')).status, 204)
    assert.equal((await one.ask('GET', '/v1/me')).status, 401)
    assert.equal((await one.ask('DELETE', '/v1/session')).status, 401)
    assert.equal((await two.ask('GET', '/v1/me')).status, 200)
  })

  test('everywhere ends them all', async () => {
    const site = await newSite(bench)
    const address = newAddress()
    const [one, two] = [browser(bench, site), browser(bench, site)]
    await one.byMail(mail, address)
    await two.byMail(mail, address)
    assert.equal((await one.ask('DELETE', '/v1/session?everywhere=true')).status, 204)
    for (const each of [one, two]) assert.equal((await each.ask('GET', '/v1/me')).status, 401)
    assert.equal((await two.byMail(mail, address)).me.member, true)
  })

  test('what was bought with a token that ended stays the member’s; nothing is done by it any more', async () => {
    const site = await newSite(bench)
    const buyer = browser(bench, site)
    const { token, me } = await buyer.byMail(mail, newAddress())
    await somebody(bench, site, token).convert({ orderId: 'one' })
    await buyer.ask('DELETE', '/v1/session')
    const share = await somebody(bench, site, token).post('/v1/shares', {
      url: 'https://shop.example/',
      channel: 'copy',
    })
    assert.equal(share.status, 401)
    const bought = await bench.deps.read
      .selectFrom('conversion')
      .select('buyer_id')
      .where('site_id', '=', site.id)
      .execute()
    assert.deepEqual(
      bought.map(({ buyer_id }) => buyer_id),
      [me.id],
    )
  })

  test('nobody signs out without harm, and without a token it is refused', async () => {
    const site = await newSite(bench)
    assert.equal((await browser(bench, site).ask('DELETE', '/v1/session')).status, 204)
    assert.equal((await browser(bench, site, '').ask('DELETE', '/v1/session')).status, 401)
    assert.deepEqual(await refusal(browser(bench, site).ask('DELETE', '/v1/session?everywhere=perhaps')), [
      422,
      'everywhere',
    ])
  })

  test('a token ends after a year', async () => {
    const site = await newSite(bench)
    const alice = browser(bench, site)
    await alice.byMail(mail, newAddress())
    const guest = browser(bench, site, newToken())
    await guest.call('Guest')
    bench.clock.now += 366 * 24 * 60 * MINUTE
    await sweep(bench.deps)
    assert.equal((await alice.ask('GET', '/v1/me')).status, 401)
    assert.equal((await guest.ask('GET', '/v1/me')).status, 200)
    const left = await bench.deps.read.selectFrom('sign_in').selectAll().execute()
    assert.deepEqual(left, [])
  })
})
