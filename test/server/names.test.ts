import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nameKey } from '../../server/identity/name-key.ts'
import { type Bench, newSite, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { browser, newAddress, withMailbox } from '../support/members.ts'
import { refusal } from '../support/somebody.ts'

describe('names that are read as one another have one key', () => {
  for (const [name, ...likes] of [
    [
      'Alice',
      'alice',
      'ALICE',
      'Alіce',
      'Αlice',
      'Ａｌｉｃｅ',
      'Al\u200bice',
      'A\u00adlice',
      'Ali\u0301ce',
      'AIice',
      'A1ice',
    ],
    ['Alice', '𝐀𝐥𝐢𝐜𝐞', 'ᴀʟɪᴄᴇ', 'Ⓐⓛⓘⓒⓔ', 'Alice.', 'Alice ✓', '“Alice”', 'Al\ufe0fice', 'Alice\u3164'],
    ['fiona', 'ﬁona', 'FIONA', 'fi\u2060ona'],
    ['Modern Times', 'modern  times', 'modem times', 'Modern\u00a0Times', 'modern_times'],
    ['Müller', 'Muller', 'MÜLLER', 'Mu\u0308ller'],
    ['Straße', 'STRASSE'],
    ['user0', 'userО', 'userO'],
    ['will', 'vvill', 'WILL'],
    ['🍇', '🍇\ufe0f'],
  ] as const)
    for (const like of likes)
      test(`${JSON.stringify(like)} is ${name}`, () => assert.equal(nameKey(like), nameKey(name)))

  for (const [one, other] of [
    ['Alice', 'Alicia'],
    ['Bob', 'Rob'],
    ['玛丽', '玛莉'],
    ['🍇', '🍒'],
    ['Jo', 'Joe'],
    ['किरण', 'कीरण'],
  ] as const)
    test(`${one} is not ${other}`, () => assert.notEqual(nameKey(one), nameKey(other)))
})

onEveryDatabase('whose a name is', (bench) => {
  const mail = withMailbox(bench)

  const memberCalled = async (site: TestSite, name: string) => {
    const member = browser(bench, site)
    await member.byMail(mail, newAddress())
    await member.call(name)
    return member
  }
  const rename = (who: ReturnType<typeof browser>, name: string) =>
    refusalOrOk(who.ask('PATCH', '/v1/me', { name }))
  const refusalOrOk = async (response: Promise<Response>) => {
    const answer = await response
    return answer.ok ? 'ok' : refusal(answer)
  }
  const makeStaff = (site: TestSite, id: string, role: string) =>
    ask(bench, site, 'PATCH', `/v1/people/${id}`, { role })

  test('a guest cannot take a member’s, however it is spelled; another guest’s they can', async () => {
    const site = await newSite(bench)
    await memberCalled(site, 'Alice')
    const guest = browser(bench, site)
    for (const name of ['Alice', 'аlісе', 'Ａｌｉｃｅ', 'A\u200blice', 'Alice ✓'])
      assert.deepEqual(await rename(guest, name), [409, 'name'], name)
    assert.equal(await rename(guest, 'Bob'), 'ok')
    assert.equal(await rename(browser(bench, site), 'Bob'), 'ok')
  })

  test('a guest who was called so before cannot say it again once a member is', async () => {
    const site = await newSite(bench)
    const guest = browser(bench, site)
    await guest.call('Carol')
    await memberCalled(site, 'Carol')
    assert.deepEqual(await rename(guest, 'Carol'), [409, 'name'])
  })

  test('the name of a guest who signs in is guarded from then on', async () => {
    const site = await newSite(bench)
    const dora = browser(bench, site)
    await dora.call('Dora')
    await dora.byMail(mail, newAddress())
    assert.deepEqual(await rename(browser(bench, site), 'DORA'), [409, 'name'])
    assert.equal(await rename(dora, 'Dora B.'), 'ok')
    assert.equal(await rename(browser(bench, site), 'Dora'), 'ok')
  })

  test('two members may share a name, but not with the staff', async () => {
    const site = await newSite(bench)
    const one = await memberCalled(site, 'Eve')
    const two = await memberCalled(site, 'Eve')
    assert.equal((await makeStaff(site, (await one.me()).id, 'moderator')).status, 200)
    assert.deepEqual(await rename(two, 'eve'), [409, 'name'])
    assert.equal(await rename(one, 'EVE'), 'ok')
  })

  test('the site’s own name and what the owner reserved are the staff’s', async () => {
    const site = await newSite(bench)
    const { status } = await ask(bench, site, 'PATCH', '/v1/moderation/settings', {
      reservedNames: ['Support', 'News Desk'],
    })
    assert.equal(status, 200)
    const [guest, member] = [browser(bench, site), await memberCalled(site, 'Frank')]
    for (const who of [guest, member])
      for (const name of ['Shop', 'ѕhор', 'support', 'News-Desk'])
        assert.deepEqual(await rename(who, name), [409, 'name'], name)
    assert.equal((await makeStaff(site, (await member.me()).id, 'admin')).status, 200)
    assert.equal(await rename(member, 'Support'), 'ok')
  })

  test('another site’s members are in nobody’s way', async () => {
    const [here, there] = [await newSite(bench), await newSite(bench)]
    await memberCalled(here, 'Grace')
    assert.equal(await rename(browser(bench, there), 'Grace'), 'ok')
  })

  test('of a member and a guest who take a name at once, the guest has it only if they came first', async () => {
    const site = await newSite(bench)
    for (let i = 0; i < 5; i++) {
      const member = browser(bench, site)
      await member.byMail(mail, newAddress())
      const guest = browser(bench, site)
      await Promise.all([rename(member, `Heidi ${i}`), rename(guest, `Heidi ${i}`)])
      assert.equal((await member.me()).name, `Heidi ${i}`)
      assert.deepEqual(await rename(browser(bench, site), `heidi ${i}`), [409, 'name'])
    }
  })
})

const ask = (bench: Bench, site: TestSite, method: string, path: string, body: object) =>
  bench.request(path, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` },
    body: JSON.stringify(body),
  })
