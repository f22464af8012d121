import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Thread } from '../../server/contract/comments.ts'
import type { Me } from '../../server/contract/people.ts'
import type { Referral } from '../../server/contract/referral.ts'
import type { CascadeTree, PeopleReport, PersonReport } from '../../server/contract/reports.ts'
import type { SignedReceipt } from '../../server/contract/rewards.ts'
import { rebuildSite } from '../../server/reports/rebuild.ts'
import { checkReceipt } from '../../server/rewards/check-receipt.ts'
import { ban } from '../../server/screening/bans.ts'
import { type Bench, newSite, newToken, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { type Browser, browser, newAddress, withMailbox } from '../support/members.ts'
import { aShop } from '../support/shop.ts'
import { ARTICLE, mintCode, refusal, SHOP, somebody } from '../support/somebody.ts'
import { openToAll, reader, talker } from '../support/talking.ts'

const UNCHANGED = { rollup: 0, share_total: 0, cascade: 0, cascade_level: 0 }
const RANGE = 'from=2026-11-01T00:00:00Z&to=2027-01-01T00:00:00Z'

const merge = (member: Browser, guest: string, headers: Record<string, string> = {}) =>
  member.ask('POST', '/v1/me/merge', { guest }, headers)
const rebuilt = ({ deps }: Bench, site: TestSite) => deps.write((work) => rebuildSite(work, site.id))

onEveryDatabase('a guest who turns out to be a member', (bench) => {
  const mail = withMailbox(bench)

  /** A member, signed in elsewhere, and a guest, each called something. */
  const two = async (site: TestSite) => {
    const [member, guest] = [browser(bench, site), browser(bench, site)]
    await member.byMail(mail, newAddress())
    const { id } = await member.call('Mia')
    const was = await guest.call('Gast')
    return { member, guest, id, was: was.id }
  }
  const merged = async (member: Browser, guest: Browser): Promise<Me> => {
    const answer = await merge(member, guest.token as string)
    assert.equal(answer.status, 200, await answer.clone().text())
    return (await answer.json()) as Me
  }

  test('said what they said; of what both did the member’s stays, and nobody votes for themselves', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const { member, guest, id } = await two(site)
    const [asMember, asGuest] = [talker(bench, site, '', member.token), talker(bench, site, '', guest.token)]
    const author = talker(bench, site, 'Ada')
    const [both, once, gone] = [await author.say('One'), await author.say('Two'), await author.say('Three')]
    const [hers, his] = [await asMember.say('Hers'), await asGuest.say('His')]
    const done = async (response: Promise<Response>) => {
      const answer = await response
      assert.ok(answer.ok, await answer.clone().text())
    }
    await done(asMember.vote(both.id, 1))
    await done(asGuest.vote(both.id, -1))
    await done(asGuest.vote(once.id, 1))
    await done(asGuest.vote(hers.id, 1))
    await done(asMember.vote(his.id, 1))
    await done(asMember.react(both.id, '👍'))
    await done(asGuest.react(both.id, '👍'))
    await done(asGuest.react(both.id, '🎉'))
    await done(asMember.report(gone.id))
    await done(asGuest.report(gone.id))
    await merged(member, guest)
    bench.clock.now += 60_000
    const { data }: Thread = await reader(bench, site).thread('sort=oldest')
    const seen = new Map(data.map((comment) => [comment.id, comment]))
    assert.deepEqual(
      [hers, his].map((comment) => seen.get(comment.id)?.author?.id),
      [id, id],
    )
    assert.deepEqual(
      [both, once, hers, his].map((comment) => {
        const { ups, downs } = seen.get(comment.id) ?? {}
        return [ups, downs]
      }),
      [
        [1, 0],
        [1, 0],
        [0, 0],
        [0, 0],
      ],
    )
    assert.deepEqual(
      seen
        .get(both.id)
        ?.reactions.map(({ emoji, count }) => `${emoji} ${count}`)
        .sort(),
      ['🎉 1', '👍 1'],
    )
    const [reported] = await bench.deps.read
      .selectFrom('comment')
      .select('reports')
      .where('site_id', '=', site.id)
      .where('id', '=', gone.id)
      .execute()
    assert.equal(reported?.reports, 1)
    assert.equal((await asMember.edit(his.id, 'His, changed by her')).status, 200)
  })

  test('is owed what they were owed: the ledger sums to zero, receipts of before and after hold', async () => {
    const shop = await aShop(bench)
    const { site } = shop
    await shop.programme({ split: 'linear' })
    const { member, guest, id, was } = await two(site)
    const first = await somebody(bench, site, guest.token).share({ code: mintCode(site) })
    // The member passes it on below the guest whom nobody knows to be them.
    await somebody(bench, site, member.token).visit(first.code)
    const second = await somebody(bench, site, member.token).share({ code: mintCode(site) })
    bench.clock.now += 60_000
    await shop.buy('buyer', second.code, 'A-1')
    await bench.settle()
    const before = await shop.rewards()
    assert.deepEqual(before.map(({ person }) => person.id).sort(), [id, was].sort())
    const receipt = (reward: string) => shop.server.get<SignedReceipt>(`/v1/rewards/${reward}/receipt`)
    const old = await receipt(before.find(({ person }) => person.id === was)?.id as string)
    const sums = Object.values(await shop.balances()).toSorted((a, b) => a - b)

    await merged(member, guest)
    await bench.settle()
    assert.deepEqual(await shop.unbalanced(), [])
    const balances = await shop.balances()
    assert.equal(balances[`person ${was}`], undefined)
    assert.equal(
      balances[`person ${id}`],
      before.reduce((sum, { amount }) => sum + amount.amount, 0),
    )
    assert.equal(
      Object.values(balances).reduce((a, b) => a + b, 0),
      sums.reduce((a, b) => a + b, 0),
    )
    const after = await shop.rewards()
    assert.deepEqual(
      after.map(({ person }) => person.id),
      [id, id],
    )
    assert.deepEqual(checkReceipt(JSON.stringify(old), undefined)?.faults, [])
    for (const reward of after) {
      const signed = await receipt(reward.id)
      assert.deepEqual(checkReceipt(JSON.stringify(signed), undefined)?.faults, [])
      assert.equal(signed.receipt.amount, reward.amount.amount)
    }
    const own = await member.ask('GET', `/v1/rewards/${old.receipt.reward}/receipt`)
    assert.equal(own.status, 200)

    await shop.refund('A-1', 'r1')
    await bench.settle()
    assert.deepEqual(await shop.unbalanced(), [])
    assert.equal((await shop.balances())[`person ${id}`], undefined)
    assert.deepEqual(await rebuilt(bench, site), UNCHANGED)
  })

  test('waits for the owner where they rewarded themselves', async () => {
    const shop = await aShop(bench)
    const { site } = shop
    await shop.programme({})
    const { member, guest, id } = await two(site)
    const share = await somebody(bench, site, guest.token).share({ code: mintCode(site) })
    bench.clock.now += 60_000
    const buyer = somebody(bench, site, member.token)
    await buyer.visit(share.code)
    await shop.send('/v1/conversions', {
      name: 'purchase',
      orderId: 'A-1',
      value: 4900,
      currency: 'EUR',
      customerId: 'c1',
      arrival: share.code,
    })
    await bench.settle()
    const [reward] = await shop.rewards()
    assert.ok(reward)
    await bench.deps.write(({ db }) =>
      db
        .updateTable('conversion')
        .set({ buyer_id: id })
        .where('site_id', '=', site.id)
        .where('order_id', '=', 'A-1')
        .execute(),
    )
    await merged(member, guest)
    await bench.settle()
    const [doubted] = await shop.rewards()
    assert.equal(doubted?.state, 'review')
    assert.ok(doubted?.reasons.includes('self_referral'))
  })

  test('has what they shared: their own links are their own, the chain stays, one person is in every report', async () => {
    const shop = await aShop(bench)
    const { site } = shop
    const { member, guest, id, was } = await two(site)
    const old = somebody(bench, site, guest.token)
    const share = await old.share({ code: mintCode(site) })
    const below = somebody(bench, site)
    await below.visit(share.code)
    await below.share({ code: mintCode(site) })
    const owner = async <T>(path: string) => shop.server.get<T>(path)
    const own = somebody(bench, site, member.token)
    await own.share({ url: SHOP, code: mintCode(site) })
    const rows = await bench.deps.read
      .selectFrom('share')
      .selectAll()
      .where('site_id', '=', site.id)
      .orderBy('id')
      .execute()

    await merged(member, guest)
    assert.equal(await own.visit(share.code), 'own')
    assert.equal((await own.share()).code, share.code)
    assert.equal(
      (await own.post('/v1/shares', { url: ARTICLE, channel: 'copy', code: share.code })).status,
      200,
    )
    const again = await bench.deps.read
      .selectFrom('share')
      .selectAll()
      .where('site_id', '=', site.id)
      .orderBy('id')
      .execute()
    assert.deepEqual(again, rows)

    const { data } = await owner<PeopleReport>(`/v1/reports/people?${RANGE}&sort=shares`)
    assert.deepEqual(
      data
        .filter(({ person }) => [id, was].includes(person.id))
        .map(({ person, shares, visits }) => [person, shares, visits]),
      [[{ id, name: 'Mia' }, 2, 1]],
    )
    for (const asked of [id, was]) {
      const person = await owner<PersonReport>(`/v1/reports/people/${asked}?${RANGE}`)
      assert.deepEqual(
        [person.person, person.shares, person.visits, person.broughtCount, person.links.length],
        [{ id, name: 'Mia' }, 2, 1, 1, 2],
      )
    }
    const tree = await owner<CascadeTree>(`/v1/reports/cascades/${share.code}`)
    assert.deepEqual(tree.shares[0]?.person, { id, name: 'Mia' })
    const referral = await member.ask('GET', `/v1/referral?url=${encodeURIComponent(ARTICLE)}`)
    const { arrived, tree: nodes } = (await referral.json()) as Referral
    assert.equal(arrived, 1)
    assert.deepEqual(nodes.nodes.map(({ you }) => you).sort(), [false, true, true])
    assert.deepEqual(await rebuilt(bench, site), UNCHANGED)
    assert.equal((await own.post(`/v1/shares`, { url: ARTICLE, channel: 'copy' })).status, 200)
    const revoked = await member.ask('DELETE', `/v1/shares/${share.code}`)
    assert.equal(revoked.status, 204)
  })

  test('was brought by whoever brought the guest, also to what they buy next', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share({ code: mintCode(site) })
    const { member, guest, id } = await two(site)
    await somebody(bench, site, guest.token).visit(code)
    await merged(member, guest)
    await somebody(bench, site, member.token).convert({ orderId: 'A-1', value: 100, currency: 'EUR' })
    const row = await bench.deps.read
      .selectFrom('conversion')
      .innerJoin('share', (join) =>
        join.onRef('share.site_id', '=', 'conversion.site_id').onRef('share.id', '=', 'conversion.share_id'),
      )
      .select(['conversion.buyer_id', 'share.code'])
      .where('conversion.site_id', '=', site.id)
      .executeTakeFirst()
    assert.deepEqual({ ...row }, { buyer_id: id, code })
  })

  test('keeps what they chose as a member; what they had not chosen is as the guest chose it', async () => {
    const site = await newSite(bench)
    const [member, guest] = [browser(bench, site), browser(bench, site)]
    await member.byMail(mail, newAddress())
    await guest.ask('PATCH', '/v1/me', { name: 'Gast', payout: 'gast@example.com', listed: true })
    const me = await merged(member, guest)
    assert.deepEqual([me.name, me.payout, me.listed, me.member], ['Gast', 'gast@example.com', false, true])
    const other = browser(bench, site)
    await other.ask('PATCH', '/v1/me', { name: 'Another', payout: 'another@example.com' })
    const still = await merged(member, other)
    assert.deepEqual([still.name, still.payout], ['Gast', 'gast@example.com'])
    const rows = await bench.deps.read
      .selectFrom('person')
      .select(['name', 'payout', 'mail', 'merged_into'])
      .where('site_id', '=', site.id)
      .where('merged_into', 'is not', null)
      .execute()
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      Array.from({ length: 2 }, () => ({ name: null, payout: null, mail: null, merged_into: me.id })),
    )
  })

  test('is merged once, however often and at once it is asked for; their old token works no longer', async () => {
    const site = await newSite(bench)
    const { member, guest, id } = await two(site)
    await somebody(bench, site, guest.token).share({ code: mintCode(site) })
    const answers = await Promise.all([1, 2, 3, 4].map(() => merge(member, guest.token as string)))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200],
    )
    assert.equal((await guest.ask('GET', '/v1/me')).status, 401)
    const again = await merge(member, guest.token as string, { 'idempotency-key': 'one' })
    assert.equal(((await again.json()) as Me).id, id)
  })

  test('is one member’s: of two who claim them at once, one has them', async () => {
    const site = await newSite(bench)
    const { member, guest } = await two(site)
    const other = browser(bench, site)
    await other.byMail(mail, newAddress())
    const answers = await Promise.all([member, other].map((one) => merge(one, guest.token as string)))
    const statuses = answers.map(({ status }) => status).sort()
    assert.equal(statuses[0], 200)
    assert.ok(statuses[1] === 409 || statuses[1] === 404, `${statuses}`)
  })

  test('a guest can have been no guest, a member can have been no member, and other sites know of neither', async () => {
    const site = await newSite(bench)
    const { member, guest } = await two(site)
    const other = browser(bench, site)
    const { token } = await other.byMail(mail, newAddress())
    assert.equal((await merge(guest, newToken())).status, 403)
    assert.equal((await merge(browser(bench, site), guest.token as string)).status, 403)
    assert.equal((await merge(browser(bench, site, ''), guest.token as string)).status, 401)
    assert.deepEqual(await refusal(merge(member, token)), [409, 'guest'])
    assert.deepEqual(await refusal(merge(member, newToken())), [404, 'guest'])
    assert.deepEqual(await refusal(merge(member, '')), [422, 'guest'])
    const there = await newSite(bench)
    const stranger = browser(bench, there)
    await stranger.byMail(mail, newAddress())
    assert.deepEqual(await refusal(merge(stranger, guest.token as string)), [404, 'guest'])
    assert.equal((await guest.me()).name, 'Gast')
  })

  test('gets rid of no ban, by merging or by signing in', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const forbid = (person: string) =>
      bench.deps.write((work) =>
        ban(work, site.id, { kind: 'ban', person, share: null, until: null, note: '', who: 'test' }),
      )
    const { member, guest, was } = await two(site)
    const say = async (who: Browser) =>
      (
        await who.ask(
          'POST',
          '/v1/comments',
          { url: ARTICLE, body: `Hello ${newToken()}` },
          { 'user-agent': 'Mozilla/5.0' },
        )
      ).status
    assert.equal(await say(member), 201)
    await forbid(was)
    assert.equal(await say(guest), 403)
    await merged(member, guest)
    assert.equal(await say(member), 403)

    const address = newAddress()
    const elsewhere = browser(bench, site)
    await elsewhere.byMail(mail, address)
    await elsewhere.call('Nina')
    const banned = browser(bench, site)
    await forbid((await banned.call('Ben')).id)
    await banned.byMail(mail, address)
    assert.equal(await say(banned), 403)
    assert.equal(await say(elsewhere), 403)

    const upgraded = browser(bench, site)
    await forbid((await upgraded.call('Uma')).id)
    await upgraded.byMail(mail, newAddress())
    assert.equal(await say(upgraded), 403)
  })
})
