import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Me } from '../../server/contract/people.ts'
import { mailMark } from '../../server/identity/marks.ts'
import { mailbox, payoutIdentity } from '../../server/identity/rules.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'
import { type Bench, newSite, newToken, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { mintCode, refusal, somebody } from '../support/somebody.ts'

/** A person's browser, asking about themselves. */
function self(bench: Bench, site: TestSite, token: string | undefined = newToken()) {
  const ask = (method: string, body?: unknown, headers: Record<string, string> = {}) =>
    bench.request('/v1/me', {
      method,
      headers: {
        'content-type': 'application/json',
        'x-grapevine-site': site.publishableKey,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return {
    token,
    ask,
    get: async () => (await (await ask('GET')).json()) as Me,
    async change(change: object) {
      const response = await ask('PATCH', change)
      assert.equal(response.status, 200, await response.clone().text())
      return (await response.json()) as Me
    },
  }
}

const marksOf = async ({ deps }: Bench, site: TestSite, person: string) => {
  const rows = await deps.read
    .selectFrom('person_mark')
    .select(['kind', 'hash'])
    .where('site_id', '=', site.id)
    .where('person_id', '=', person)
    .orderBy('kind')
    .execute()
  return rows.map(({ kind, hash }) => `${kind} ${hash}`)
}

onEveryDatabase('what a person says of themselves', (bench) => {
  test('nobody is born by looking', async () => {
    const site = await newSite(bench)
    const alice = self(bench, site)
    assert.deepEqual(await refusal(alice.ask('GET')), [404, undefined])
    assert.deepEqual(await refusal(alice.ask('GET')), [404, undefined])
    const { rows } = await bench.deps.read
      .selectFrom('person')
      .select('id')
      .where('site_id', '=', site.id)
      .execute()
      .then((rows) => ({ rows }))
    assert.deepEqual(rows, [])
  })

  test('a first word of oneself is the first act, and what is not named stays', async () => {
    const site = await newSite(bench)
    const alice = self(bench, site)
    const born = await alice.change({ name: '  Alice  ' })
    assert.deepEqual(
      { name: born.name, listed: born.listed, payout: born.payout },
      { name: 'Alice', listed: false, payout: null },
    )
    assert.deepEqual(await alice.change({ listed: true }), { ...born, listed: true })
    assert.deepEqual(await alice.change({ payout: 'alice@example.com' }), {
      ...born,
      listed: true,
      payout: 'alice@example.com',
    })
    assert.deepEqual(await alice.change({}), await alice.get())
    assert.equal((await alice.change({ name: null })).name, null)
  })

  test('whoever came through a share before speaking of themselves was brought by it', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share({ code: mintCode(site) })
    const bob = somebody(bench, site)
    await bob.visit(code)
    const { id } = await self(bench, site, bob.token).change({ name: 'Bob' })
    const person = await bench.deps.read
      .selectFrom('person')
      .innerJoin('share', (join) =>
        join.onRef('share.site_id', '=', 'person.site_id').onRef('share.id', '=', 'person.brought_by'),
      )
      .select('share.code')
      .where('person.site_id', '=', site.id)
      .where('person.id', '=', id)
      .executeTakeFirst()
    assert.equal(person?.code, code)
  })

  test('a person of one site is nobody on another', async () => {
    const [one, other] = [await newSite(bench), await newSite(bench)]
    const token = newToken()
    const here = await self(bench, one, token).change({ name: 'Here' })
    assert.equal((await self(bench, other, token).ask('GET')).status, 404)
    const there = await self(bench, other, token).change({ name: 'There' })
    assert.notEqual(there.id, here.id)
    assert.equal((await self(bench, one, token).get()).name, 'Here')
  })

  test('takes a token, and neither a secret key nor nothing', async () => {
    const site = await newSite(bench)
    const nobody = self(bench, site, '')
    for (const method of ['GET', 'PATCH']) {
      const body = method === 'PATCH' ? { name: 'X' } : undefined
      assert.equal((await nobody.ask(method, body)).status, 401)
      const owner = { authorization: `Bearer ${site.secretKey}` }
      assert.equal((await nobody.ask(method, body, owner)).status, 401)
    }
  })

  for (const [what, change, field] of [
    ['an empty name', { name: '' }, 'name'],
    ['a name of spaces', { name: ' \u3000 ' }, 'name'],
    ['a name that shows nothing', { name: '\u200b\u2060\u3164\ufeff' }, 'name'],
    ['a name with a line break', { name: 'a\nb' }, 'name'],
    ['a name with an escape', { name: 'a\u001b[31m' }, 'name'],
    ['a name that turns the line around', { name: 'a\u202eb' }, 'name'],
    ['a name that isolates what follows', { name: 'a\u2067b' }, 'name'],
    ['a name of 61 characters', { name: 'x'.repeat(61) }, 'name'],
    ['a name that is a number', { name: 7 }, 'name'],
    ['a listing that is a word', { listed: 'yes' }, 'listed'],
    ['an address of two lines', { payout: 'a\r\nb' }, 'payout'],
    ['an address of 201 characters', { payout: 'x'.repeat(201) }, 'payout'],
    ['a field nobody knows', { admin: true }, 'admin'],
  ] as const)
    test(`refuses ${what}, and names the field`, async () => {
      const site = await newSite(bench)
      assert.deepEqual(await refusal(self(bench, site).ask('PATCH', change)), [422, field])
    })

  for (const name of [
    "<img src=x onerror='alert(1)'>",
    'كريمة',
    '葡萄 🍇',
    '👩‍👩‍👧‍👦',
    "'; DROP TABLE person; --",
    '=1+1',
    'Z͑ͫ̓a',
  ])
    test(`keeps ${name} as it is`, async () => {
      const site = await newSite(bench)
      assert.equal((await self(bench, site).change({ name })).name, name.normalize('NFC'))
    })

  test('keeps every naughty string that keeps the rules, and answers the others with 422', {
    skip: withoutCorpora,
  }, async () => {
    const site = await newSite(bench)
    const person = self(bench, site)
    const strings = JSON.parse(corpusText('text/blns.json')) as string[]
    assert.ok(strings.length > 400)
    for (const text of strings) {
      const name = text.normalize('NFC').trim()
      const response = await person.ask('PATCH', { name: text })
      const unruly = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(name)
      const seen = /[^\s\p{Cf}]/u.test(name)
      const expected = [...name].length <= 60 && !unruly && seen && name.isWellFormed() ? 200 : 422
      assert.equal(response.status, expected, JSON.stringify(text))
      if (response.ok) assert.equal(((await response.json()) as Me).name, name)
    }
  })

  test('a payout address leaves its mark, in whatever spelling, in place of the one before', async () => {
    const site = await newSite(bench)
    const [one, two] = [self(bench, site), self(bench, site)]
    const first = await one.change({ payout: 'DE89 3704 0044 0532 0130 00' })
    const second = await two.change({ payout: 'de89370400440532013000' })
    assert.deepEqual(await marksOf(bench, site, first.id), await marksOf(bench, site, second.id))
    await one.change({ payout: 'Alice.B+shop@GoogleMail.com' })
    await two.change({ payout: 'aliceb@gmail.com' })
    const marks = await marksOf(bench, site, first.id)
    assert.equal(marks.length, 2)
    assert.equal(marks[0], `mail ${mailMark('alice.b@gmail.com')}`)
    assert.deepEqual(marks, await marksOf(bench, site, second.id))
    await one.change({ payout: null })
    assert.deepEqual(
      (await marksOf(bench, site, first.id)).filter((mark) => mark.startsWith('payout')),
      [],
    )
  })

  test('the same request twice is one change, another body under its key is refused', async () => {
    const site = await newSite(bench)
    const alice = self(bench, site)
    const key = { 'idempotency-key': 'one' }
    const answers = await Promise.all([1, 2, 3].map(() => alice.ask('PATCH', { name: 'Alice' }, key)))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    )
    assert.equal((await alice.ask('PATCH', { name: 'Mallory' }, key)).status, 422)
  })
})

describe('one address in many spellings', () => {
  for (const [text, known] of [
    ['Bob@Example.COM', 'bob@example.com'],
    [' bob+news@example.com ', 'bob@example.com'],
    ['b.o.b@example.com', 'b.o.b@example.com'],
    ['B.o.b+x+y@gmail.com', 'bob@gmail.com'],
    ['b.ob@googlemail.com', 'bob@gmail.com'],
    ['+tag@example.com', '+tag@example.com'],
    ['bob', undefined],
    ['a b@example.com', undefined],
    ['bob@localhost', undefined],
    ['@example.com', undefined],
    ['bob@@example.com', undefined],
  ] as const)
    test(`${JSON.stringify(text)} is ${known ?? 'no mailbox'}`, () => assert.equal(mailbox(text), known))

  test('an account number has no spaces, dashes or small letters', () => {
    assert.equal(payoutIdentity('de89 3704-0044 0532'), 'DE89370400440532')
    assert.equal(payoutIdentity('Bob@Example.com'), 'bob@example.com')
  })
})
