import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { sweep } from '../../server/jobs.ts'
import { activeBans, ban, liftBan, restoreBan } from '../../server/screening/bans.ts'
import { noteOutcome, trustOf } from '../../server/screening/standing.ts'
import { choose, commenter, keptOf } from '../support/commenter.ts'
import { type Bench, newSite, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { refusal, SHOP, somebody } from '../support/somebody.ts'

const LINK = 'Look at https://pills.example/now'
const LONG =
  'The quick brown fox jumps over the lazy dog while the sun sets slowly behind the distant hills and the river ' +
  'flows quietly towards the sea where ships wait for the morning tide to carry them home again after a long winter'

/** What was answered with 428: the challenge. */
async function challengeOf(response: Response): Promise<Challenge> {
  assert.equal(response.status, 428, await response.clone().text())
  const { error } = (await response.json()) as { error: { code: string; challenge: Challenge } }
  assert.equal(error.code, 'proof_required')
  return error.challenge
}

async function solved(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey })
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}

const approve = ({ deps }: Bench, site: TestSite, person: string, times = 1) =>
  deps.write(async (work) => {
    for (let i = 0; i < times; i++) await noteOutcome(work, site.id, person, 'approved', 1)
  })

const trust = async ({ deps }: Bench, site: TestSite, person: string) => {
  const { level, reasons } = (await trustOf(deps.read, site.id, [person])).get(person) ?? {
    level: -1,
    reasons: [],
  }
  return { level, reasons: reasons.map(({ reason }) => reason) }
}

const becomes = ({ deps }: Bench, site: TestSite, person: string, change: object) =>
  deps.write(({ db }) =>
    db.updateTable('person').set(change).where('site_id', '=', site.id).where('id', '=', person).execute(),
  )

onEveryDatabase('what waits for a moderator', (bench) => {
  test('the first comment waits; once one was approved, others are shown and count', async () => {
    const site = await newSite(bench)
    const carol = commenter(bench, site)
    const first = await carol.say('Hello')
    assert.equal(first.state, 'held')
    const { reasons, person } = await keptOf(bench, site, first.id)
    assert.deepEqual(reasons, ['first_held'])
    await approve(bench, site, person)
    assert.equal((await carol.say('Hello again')).state, 'visible')
    const { reasons: why } = (await trustOf(bench.deps.read, site.id, [person])).get(person) ?? {}
    assert.deepEqual(why, [{ reason: 'approved', detail: '2' }])
    await bench.deps.write((work) => noteOutcome(work, site.id, person, 'refused', 1))
    assert.equal((await carol.say('And again')).state, 'held')
  })

  test('what is counted never falls below nothing', async () => {
    const site = await newSite(bench)
    const { person } = await keptOf(bench, site, (await commenter(bench, site).say('Hello')).id)
    await bench.deps.write((work) => noteOutcome(work, site.id, person, 'refused', -1))
    await bench.deps.write((work) => noteOutcome(work, site.id, person, 'refused', -1))
    await approve(bench, site, person)
    assert.deepEqual(await trust(bench, site, person), { level: 1, reasons: ['approved'] })
  })

  test('words of the owner hold or refuse, in text, name and link', async () => {
    const site = await newSite(bench)
    await choose(bench, site, {
      policy: 'open',
      proofOfWork: 'never',
      heldWords: ['casino', 'pills'],
      refusedWords: ['v*agra'],
    })
    const carol = commenter(bench, site)
    assert.equal((await carol.say('A nice article')).state, 'visible')
    const held = await keptOf(bench, site, (await carol.say('Come to the САSINО')).id)
    assert.deepEqual(held.why, [{ reason: 'held_word', detail: 'casino' }])
    assert.equal((await keptOf(bench, site, (await carol.say(LINK)).id)).state, 'held')
    assert.equal((await commenter(bench, site, 'Cаsino').say('Hi')).state, 'held')
    assert.deepEqual(await refusal(carol.attempt('via**gra** for all')), [403, 'body'])
    assert.deepEqual(await refusal(carol.attempt('via[gra](https://x.example/) for all')), [403, 'body'])
  })

  test('another owner’s words and bans do not matter here', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    await choose(bench, other, { policy: 'open', refusedWords: ['hello'] })
    await choose(bench, site, { policy: 'open' })
    assert.equal((await commenter(bench, site).say('Hello')).state, 'visible')
    assert.deepEqual(await refusal(commenter(bench, other).attempt('Hello')), [403, 'body'])
  })

  test('a comment is as long as the owner allows', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { maxLength: 20 })
    assert.deepEqual(await refusal(commenter(bench, site).attempt('x'.repeat(21))), [422, 'body'])
    await commenter(bench, site).say('x'.repeat(20))
  })

  test('where guests are not wanted they are told to sign in', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { guests: false })
    assert.deepEqual(await refusal(commenter(bench, site).attempt('Hello')), [403, undefined])
  })

  test('a mailbox to be thrown away is held, refused or let be', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { policy: 'open', proofOfWork: 'never' })
    const mail = { mail: 'x@mailinator.com' }
    const { why } = await keptOf(bench, site, (await commenter(bench, site).say('One', mail)).id)
    assert.deepEqual(why, [{ reason: 'disposable_mail', detail: 'mailinator.com' }])
    await choose(bench, site, { disposableMail: 'refused' })
    assert.deepEqual(await refusal(commenter(bench, site).attempt('Two', mail)), [403, 'mail'])
    await choose(bench, site, { disposableMail: 'visible' })
    assert.equal((await commenter(bench, site).say('Three', mail)).state, 'visible')
  })
})

onEveryDatabase('repetitions', (bench) => {
  test('whoever presses the button twice is told so; in another place it waits', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { policy: 'open', proofOfWork: 'never' })
    const carol = commenter(bench, site)
    const first = await carol.say('What a very nice article this is')
    assert.equal(first.state, 'visible')
    assert.deepEqual(await refusal(carol.attempt('What a VERY nice article this is!')), [409, 'body'])
    const reply = await carol.say('What a very nice article this is', { parent: first.id })
    assert.deepEqual((await keptOf(bench, site, reply.id)).why.at(0), {
      reason: 'duplicate',
      detail: first.id,
    })
    const elsewhere = await carol.say('What a very nice article this is', { url: SHOP })
    assert.ok((await keptOf(bench, site, elsewhere.id)).reasons.includes('duplicate'))
    bench.clock.now += 6 * 60_000
    assert.equal((await carol.say('What a very nice article this is')).state, 'held')
    bench.clock.now += 25 * 60 * 60_000
    await carol.say('What a very nice article this is')
  })

  test('many may say thanks', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { policy: 'open' })
    for (const name of ['Ann', 'Bea', 'Cat'])
      assert.equal((await commenter(bench, site, name).say('Thanks!')).state, 'visible')
  })

  test('nearly the same of somebody else waits', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { policy: 'open', proofOfWork: 'never' })
    const first = await commenter(bench, site, 'Ann').say(LONG)
    const second = await keptOf(bench, site, (await commenter(bench, site, 'Bea').say(`${LONG} xqz17`)).id)
    assert.deepEqual(second.why, [{ reason: 'near_duplicate', detail: first.id }])
    const other = await newSite(bench)
    await choose(bench, other, { policy: 'open' })
    assert.equal((await commenter(bench, other).say(LONG)).state, 'visible')
  })

  test('those who are known may quote the same passage', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { proofOfWork: 'never' })
    await commenter(bench, site, 'Ann').say(LONG)
    const bea = commenter(bench, site, 'Bea')
    const quote = await keptOf(bench, site, (await bea.say(`> ${LONG}\n\nTrue.`)).id)
    assert.deepEqual(quote.reasons, ['first_held', 'near_duplicate'])
    await approve(bench, site, quote.person)
    assert.equal((await bea.say(`> ${LONG}\n\nStill true.`)).state, 'visible')
  })

  test('a request that is sent again is no repetition', async () => {
    const site = await newSite(bench)
    const carol = commenter(bench, site)
    const headers = { 'idempotency-key': 'once' }
    const [first, again] = [
      await carol.attempt('Hello', {}, headers),
      await carol.attempt('Hello', {}, headers),
    ]
    assert.equal(first.status, 201)
    assert.deepEqual(await again.json(), await first.json())
  })
})

onEveryDatabase('proofs of work', (bench) => {
  test('a guest with a link solves a challenge once; who is known never does', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { policy: 'open' })
    const carol = commenter(bench, site)
    assert.equal((await carol.say('Hello')).state, 'visible')
    const proof = await solved(await challengeOf(await carol.attempt(LINK)))
    const taken = await carol.say(LINK, { proof })
    assert.equal(taken.state, 'visible')
    // It was used; a new challenge comes along.
    await challengeOf(await carol.attempt(`${LINK} too`, { proof }))
    await approve(bench, site, (await keptOf(bench, site, taken.id)).person)
    await carol.say('See https://other.example/')
  })

  test('a proof of another site, an old one, a changed one and nonsense are none', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    const carol = commenter(bench, site)
    const challenge = await challengeOf(await carol.attempt(LINK))
    const proof = await solved(challenge)
    await challengeOf(await commenter(bench, other).attempt(LINK, { proof }))
    const easier = { ...challenge, parameters: { ...challenge.parameters, cost: 1 } }
    const { signature, ...unsigned } = challenge
    const wrong = [
      await solved(easier),
      Buffer.from(
        JSON.stringify({ challenge: unsigned, solution: { counter: 0, derivedKey: '00' } }),
      ).toString('base64'),
      Buffer.from(JSON.stringify({ challenge, solution: { counter: 0, derivedKey: '00' } })).toString(
        'base64',
      ),
      Buffer.from(JSON.stringify({ challenge: { ...challenge, signature: `${signature}0` } })).toString(
        'base64',
      ),
      ...['', 'x', 'bnVsbA==', Buffer.from('[]').toString('base64'), '{"challenge":'.repeat(100)],
    ]
    for (const one of wrong) await challengeOf(await carol.attempt(LINK, { proof: one }))
    bench.clock.now += 10 * 60_000
    await challengeOf(await carol.attempt(LINK, { proof }))
  })

  test('of two that use one proof at once, one is taken', async () => {
    const site = await newSite(bench)
    const carol = commenter(bench, site)
    const proof = await solved(await challengeOf(await carol.attempt(LINK)))
    const answers = await Promise.all([1, 2, 3].map((n) => carol.attempt(`${LINK} ${n}`, { proof })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 428, 428])
  })

  test('used proofs are forgotten when they are too old to be used', async () => {
    const site = await newSite(bench)
    const carol = commenter(bench, site)
    await carol.say(LINK, { proof: await solved(await challengeOf(await carol.attempt(LINK))) })
    const spent = () =>
      bench.deps.read.selectFrom('spent_proof').selectAll().where('site_id', '=', site.id).execute()
    await sweep(bench.deps)
    assert.equal((await spent()).length, 1)
    bench.clock.now += 10 * 60_000
    await sweep(bench.deps)
    assert.equal((await spent()).length, 0)
  })

  test('the owner wants it of all guests, or of nobody', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { proofOfWork: 'guests' })
    const cost = (await challengeOf(await commenter(bench, site).attempt('Hello'))).parameters.cost
    const harder = (await challengeOf(await commenter(bench, site).attempt(LINK))).parameters.cost
    assert.ok(harder > cost)
    await choose(bench, site, { proofOfWork: 'never' })
    await commenter(bench, site).say(LINK)
  })
})

onEveryDatabase('who brought one in', (bench) => {
  /** A person who shares the article, and is somebody by an approved count. */
  async function sharer(site: TestSite, approved: number) {
    const alice = commenter(bench, site, 'Alice')
    const { person } = await keptOf(bench, site, (await alice.say('I wrote this')).id)
    await approve(bench, site, person, approved)
    await becomes(bench, site, person, { member_since: 1 })
    return { person, share: await alice.share() }
  }

  test('a guest who came through a trusted member’s share starts higher', async () => {
    const site = await newSite(bench)
    const alice = await sharer(site, 20)
    assert.deepEqual(await trust(bench, site, alice.person), { level: 3, reasons: ['member', 'approved'] })
    const bob = commenter(bench, site, 'Bob')
    await bob.visit(alice.share.code)
    const said = await bob.say('I came through Alice')
    assert.equal(said.state, 'visible')
    const { person } = await keptOf(bench, site, said.id)
    assert.deepEqual((await trust(bench, site, person)).reasons, ['brought_by_trusted'])
    // What is shown of them counts once a burst would have been seen.
    bench.clock.now += 2 * 60 * 60_000
    await bob.say('Here I am again')
    assert.deepEqual((await trust(bench, site, person)).reasons, ['approved', 'brought_by_trusted'])
  })

  test('who came through somebody not trusted starts as everybody does', async () => {
    const site = await newSite(bench)
    const alice = await sharer(site, 19)
    const bob = commenter(bench, site, 'Bob')
    await bob.visit(alice.share.code)
    assert.equal((await bob.say('I came through Alice')).state, 'held')
  })

  test('many newcomers under one root within an hour start lower', async () => {
    const site = await newSite(bench)
    const alice = await sharer(site, 5)
    await choose(bench, site, { policy: 'links_held' })
    const newcomer = async (name: string, code: string) => {
      const one = commenter(bench, site, name)
      await one.visit(code)
      return one
    }
    const bob = await newcomer('Bob', alice.share.code)
    // Another hop hangs under the same root.
    const hop = await bob.share()
    assert.notEqual(hop.code, alice.share.code)
    for (const name of ['B1', 'B2', 'B3', 'B4'])
      assert.equal((await (await newcomer(name, hop.code)).say(`Words of ${name}`)).state, 'visible')
    // Nor does it matter that others come by another way.
    assert.equal((await commenter(bench, site, 'Zoe').say('Words of Zoe')).state, 'visible')
    const fifth = await newcomer('B5', alice.share.code)
    const challenge = await challengeOf(await fifth.attempt('Words of B5'))
    const said = await fifth.say('Words of B5', { proof: await solved(challenge) })
    const { why, person } = await keptOf(bench, site, said.id)
    assert.deepEqual(why, [{ reason: 'burst', detail: '5' }])
    assert.deepEqual(await trust(bench, site, person), { level: 0, reasons: ['burst'] })
    bench.clock.now += 2 * 60 * 60_000
    assert.equal((await (await newcomer('B6', hop.code)).say('Words of B6')).state, 'visible')
  })

  test('a burst under a trusted member’s share does not start higher', async () => {
    const site = await newSite(bench)
    const alice = await sharer(site, 20)
    await choose(bench, site, { policy: 'all_held', proofOfWork: 'never' })
    const levels: number[] = []
    for (const name of ['B1', 'B2', 'B3', 'B4', 'B5', 'B6']) {
      const one = commenter(bench, site, name)
      await one.visit(alice.share.code)
      const { person } = await keptOf(bench, site, (await one.say(`Words of ${name}`)).id)
      levels.push((await trust(bench, site, person)).level)
    }
    assert.deepEqual(levels, [1, 1, 1, 1, 0, 0])
  })

  test('nor where they were shown at once, however often each has spoken', async () => {
    const site = await newSite(bench)
    const alice = await sharer(site, 20)
    await choose(bench, site, { proofOfWork: 'never' })
    const states: string[] = []
    for (const name of ['B1', 'B2', 'B3', 'B4', 'B5', 'B6']) {
      const one = commenter(bench, site, name)
      await one.visit(alice.share.code)
      states.push((await one.say(`Words of ${name}`)).state)
      await one.say(`More of ${name}`)
    }
    assert.deepEqual(states, ['visible', 'visible', 'visible', 'visible', 'held', 'held'])
  })

  test('staff is never held, the owner’s word counts above all', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { policy: 'all_held', refusedWords: ['hello'] })
    const carol = commenter(bench, site)
    const { person } = await keptOf(bench, site, (await carol.say('First')).id)
    await becomes(bench, site, person, { role: 'moderator', member_since: 1 })
    assert.equal((await carol.say(`Hello ${LINK}`)).state, 'visible')
    assert.deepEqual(await trust(bench, site, person), { level: 4, reasons: ['staff'] })
    await becomes(bench, site, person, { role: 'member' })
    await bench.deps.write(({ db }) =>
      db.updateTable('person_standing').set({ level: 2 }).where('site_id', '=', site.id).execute(),
    )
    assert.deepEqual(await trust(bench, site, person), { level: 2, reasons: ['set'] })
  })

  test('many people are looked up at once', async () => {
    const site = await newSite(bench)
    const ids: string[] = []
    for (const name of ['A', 'B', 'C'])
      ids.push((await keptOf(bench, site, (await commenter(bench, site, name).say('Hi')).id)).person)
    assert.deepEqual([...(await trustOf(bench.deps.read, site.id, ids)).keys()].sort(), ids.sort())
    const other = await newSite(bench)
    assert.equal((await trustOf(bench.deps.read, other.id, ids)).size, 0)
  })
})

onEveryDatabase('who may not speak', (bench) => {
  const blank = { person: null, share: null, until: null, note: '', who: 'owner' }
  const shareId = async (site: TestSite, code: string) =>
    (
      await bench.deps.read
        .selectFrom('share')
        .select('id')
        .where('site_id', '=', site.id)
        .where('code', '=', code)
        .executeTakeFirstOrThrow()
    ).id
  const banned = (site: TestSite, one: object, kind: 'ban' | 'shadow' = 'ban') =>
    bench.deps.write((work) => ban(work, site.id, { ...blank, kind, ...one }))

  test('a person is banned until it is over or lifted', async () => {
    const site = await newSite(bench)
    const carol = commenter(bench, site)
    const { person } = await keptOf(bench, site, (await carol.say('First')).id)
    const until = bench.clock.now + 60 * 60_000
    await banned(site, { person, until })
    const answer = await carol.attempt('Second')
    assert.equal(answer.status, 403)
    assert.match(await answer.text(), new RegExp(new Date(until).toISOString()))
    bench.clock.now = until
    await carol.say('Third')
    const id = await banned(site, { person })
    assert.deepEqual(await refusal(carol.attempt('Fourth')), [403, undefined])
    await bench.deps.write((work) => liftBan(work, site.id, id))
    await carol.say('Fifth')
    await bench.deps.write((work) => restoreBan(work, site.id, id))
    assert.deepEqual(await refusal(carol.attempt('Sixth')), [403, undefined])
    const other = await newSite(bench)
    await assert.rejects(
      bench.deps.write((work) => liftBan(work, other.id, id)),
      { code: 'not_found' },
    )
  })

  test('whoever is banned does not vote, nor does a newcomer from a banned subtree', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { policy: 'open' })
    const spam = await somebody(bench, site).share()
    const { id } = await commenter(bench, site, 'Ann').say('A comment')
    const carol = commenter(bench, site)
    const { person } = await keptOf(bench, site, (await carol.say('First')).id)
    const newcomer = somebody(bench, site)
    await newcomer.visit(spam.code)
    const vote = async ({ token }: { token: string }) => {
      const response = await bench.request(`/v1/comments/${id}/vote`, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          'x-grapevine-site': site.publishableKey,
          authorization: `Bearer ${token}`,
        },
        body: '{"value":1}',
      })
      return response.status
    }
    await banned(site, { share: await shareId(site, spam.code) })
    assert.deepEqual([await vote(carol), await vote(newcomer)], [200, 403])
    await banned(site, { person })
    assert.equal(await vote(carol), 403)
  })

  test('who is banned in the shadow is not told', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { policy: 'open' })
    const carol = commenter(bench, site)
    const { person } = await keptOf(bench, site, (await carol.say('First')).id)
    await banned(site, { person }, 'shadow')
    const second = await carol.say('Second')
    const kept = await keptOf(bench, site, second.id)
    assert.deepEqual([kept.state, kept.shadow, kept.reasons], ['visible', true, ['shadow']])
  })

  test('whoever turned out to be somebody else takes their ban along', async () => {
    const site = await newSite(bench)
    const [guest, member] = [commenter(bench, site, 'Guest'), commenter(bench, site, 'Member')]
    const ids = await Promise.all(
      [guest, member].map(async (one) => (await keptOf(bench, site, (await one.say('Hi')).id)).person),
    )
    await banned(site, { person: ids[0] })
    await becomes(bench, site, ids[0] as string, { merged_into: ids[1] })
    assert.deepEqual(await refusal(member.attempt('Hello')), [403, undefined])
  })

  test('a subtree is banned: all who came through it, and nobody beside it', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { proofOfWork: 'never' })
    const comes = async (code: string, name: string) => {
      const one = commenter(bench, site, name)
      await one.visit(code)
      return one
    }
    const root = await somebody(bench, site).share()
    const bob = await comes(root.code, 'Bob')
    const spam = await bob.share()
    const carol = await comes(root.code, 'Carol')
    const other = await carol.share()
    // Under the subtree, two hops down.
    const dave = await comes(spam.code, 'Dave')
    await dave.say('I spoke before')
    const deep = await dave.share()
    const id = await banned(site, { share: await shareId(site, spam.code) })
    const eve = await comes(deep.code, 'Eve')
    for (const one of [dave, eve, await comes(spam.code, 'Finn')])
      assert.deepEqual(await refusal(one.attempt('Hello')), [403, undefined])
    const beside = [carol, await comes(other.code, 'Gil'), await comes(root.code, 'Hal'), bob]
    for (const [i, one] of beside.entries()) await one.say(`Hello ${i}`)
    await bench.deps.write((work) => liftBan(work, site.id, id))
    await eve.say('Back again')
    await banned(site, { share: await shareId(site, spam.code) }, 'shadow')
    assert.deepEqual((await keptOf(bench, site, (await eve.say('Or not')).id)).reasons.at(-1), 'subtree')
  })

  test('subtrees are what one finds by walking from parent to parent', async () => {
    const site = await newSite(bench)
    const shares = [await somebody(bench, site).share(), await somebody(bench, site).share()]
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed % below
    }
    for (let i = 0; i < 40; i++) {
      const one = somebody(bench, site)
      await one.visit((shares[random(shares.length)] as { code: string }).code)
      shares.push(await one.share())
    }
    const { read } = bench.deps
    const rows = await read.selectFrom('share').selectAll().where('site_id', '=', site.id).execute()
    const people = await read.selectFrom('person').selectAll().where('site_id', '=', site.id).execute()
    const above = (id: string | null): string[] => {
      const share = rows.find((row) => row.id === id)
      return share ? [share.id, ...above(share.parent_id)] : []
    }
    const all = people.map(({ id }) => id)
    const tops = new Set<string>()
    for (let i = 0; i < 8; i++) {
      const top = (rows[random(rows.length)] as { id: string }).id
      tops.add(top)
      await banned(site, { share: top })
      const found = await activeBans(read, site.id, all, bench.clock.now)
      const expected = people.filter(({ brought_by }) => above(brought_by).some((id) => tops.has(id)))
      assert.deepEqual([...found.keys()].sort(), expected.map(({ id }) => id).sort())
    }
  })

  test('a member does not become banned by what they click on, nor does staff', async () => {
    const site = await newSite(bench)
    const spam = await somebody(bench, site).share()
    await banned(site, { share: await shareId(site, spam.code) })
    const carol = commenter(bench, site)
    const { person } = await keptOf(bench, site, (await carol.say('First')).id)
    await carol.visit(spam.code)
    assert.deepEqual(await refusal(carol.attempt('Second')), [403, undefined])
    await becomes(bench, site, person, { member_since: 1 })
    await carol.say('Third')
    await banned(site, { person })
    await becomes(bench, site, person, { role: 'admin' })
    await carol.say('Fourth')
  })
})
