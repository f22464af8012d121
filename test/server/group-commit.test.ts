import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import type { Work } from '../../server/db/group-commit.ts'
import { type Db, openDb } from '../../server/db/open.ts'
import type { Change, DomainEvent } from '../../server/events.ts'

let folder: string
let db: Db
let other: DatabaseSync
let groups: DomainEvent[][] = []
let announced: Change[] = []
let fault: Error | undefined

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grapevine-test-'))
  db = await openDb(`file:${folder}/test.db`, {
    async beforeCommit(_, events) {
      groups.push(events)
      if (fault) throw fault
    },
    announce: (changes) => announced.push(...changes),
    onError: assert.ifError,
  })
  other = new DatabaseSync(`${folder}/test.db`, { readOnly: true })
})
beforeEach(() => {
  groups = []
  announced = []
  fault = undefined
})
after(async () => {
  other.close()
  await db.close()
  await rm(folder, { recursive: true })
})

const row = (site_id: string) => ({ site_id, name: '', origins: '[]', publishable_key: '', created_at: 0 })
const event = (site: string): DomainEvent => ({
  type: 'visit',
  site,
  at: 0,
  share: { id: '', root: '', page: '', channel: '', person: '' },
})

/** Enters a site, tells of it, and fails if asked to. */
const enter = (name: string, failing = false) =>
  db.write(async ({ db, emit }: Work) => {
    await db.insertInto('site').values(row(name)).execute()
    emit(event(name))
    if (failing) throw new Error(`${name} fails`)
    return name
  })

/** The sites that another connection sees. */
const seen = (prefix: string) =>
  other
    .prepare('select site_id from site where site_id like ? order by site_id')
    .all(`${prefix}%`)
    .map(({ site_id }) => site_id)

test('verbs that come together share one commit and are answered after it', async () => {
  const names = Array.from({ length: 50 }, (_, index) => `a${String(index).padStart(2, '0')}`)
  const answers = await Promise.all(
    names.map(async (name) => {
      const answer = await enter(name)
      assert.ok(seen('a').includes(name), 'another connection sees it')
      return answer
    }),
  )
  assert.deepEqual(answers, names)
  assert.equal(groups.length, 1)
  assert.deepEqual(
    groups[0]?.map(({ site }) => site),
    names,
  )
})

test('a verb that throws is rolled back alone, and what it told is not counted', async () => {
  const outcomes = await Promise.allSettled([
    enter('b1'),
    enter('b2', true),
    enter('b3'),
    enter('b1'),
    enter('b4'),
  ])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(seen('b'), ['b1', 'b3', 'b4'])
  assert.deepEqual(
    groups.flat().map(({ site }) => site),
    ['b1', 'b3', 'b4'],
  )
  assert.deepEqual(
    announced.map(({ site }) => site),
    ['b1', 'b3', 'b4'],
  )
})

test('when counting fails, nothing of the group stays and everybody hears of it; the next group is well', async () => {
  fault = new Error('counting fails')
  const outcomes = await Promise.allSettled([enter('c1'), enter('c2')])
  assert.ok(outcomes.every((o) => o.status === 'rejected' && /counting fails/.test(String(o.reason))))
  assert.deepEqual([seen('c'), announced], [[], []])
  fault = undefined
  await enter('c3')
  assert.deepEqual(seen('c'), ['c3'])
})

test('what one verb of a group has done the next one sees', async () => {
  const count = () =>
    db.write(
      async ({ db }) =>
        (await db.selectFrom('site').select('site_id').where('site_id', 'like', 'd%').execute()).length,
    )
  const [, before, , between] = await Promise.all([enter('d1'), count(), enter('d2'), count()])
  assert.deepEqual([before, between], [1, 2])
})

test('a long report holds up neither a write nor a short read', async () => {
  let done = false
  const report = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000)
    select sum(i) as total from n`
    .execute(db.reports)
    .finally(() => {
      done = true
    })
  for (const name of ['e1', 'e2', 'e3']) await enter(name)
  await db.read.selectFrom('site').selectAll().execute()
  assert.equal(done, false)
  assert.deepEqual((await report).rows, [{ total: 4500001500000 }])
})

test('commits are flushed: write-ahead log, synchronous FULL', async () => {
  const { rows } = await db.write(({ db }) => sql<{ synchronous: number }>`pragma synchronous`.execute(db))
  assert.equal(rows[0]?.synchronous, 2)
  assert.deepEqual({ ...other.prepare('pragma journal_mode').get() }, { journal_mode: 'wal' })
})

test('a report that cannot be answered says so, and the next one can', async () => {
  await assert.rejects(sql`select * from no_table`.execute(db.reports), /no such table/)
  assert.deepEqual((await sql`select 1 as one`.execute(db.reports)).rows, [{ one: 1 }])
})
