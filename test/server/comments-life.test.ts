import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setState } from '../../server/comments/set-state.ts'
import type { Level, Thread } from '../../server/contract/comments.ts'
import { newSite, onEveryDatabase } from '../support/databases.ts'
import { seeded } from '../support/random-life.ts'
import { openToAll, reader, talker } from '../support/talking.ts'
import { recountThreads } from '../support/thread-oracle.ts'

const STATES = ['visible', 'held', 'refused', 'deleted'] as const

onEveryDatabase('the life of a thread', (bench) => {
  test('a long chain of what is gone falls with the last one that stands, up to what stands, and rises with it', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const ada = talker(bench, site)
    const chain: string[] = []
    for (let depth = 0; depth < 30; depth++) {
      bench.clock.now += 60_000
      chain.push((await ada.say(`Said ${depth}`, { parent: chain.at(-1) })).id)
    }
    const [last, ...gone] = chain.slice(5).reverse() as [string, ...string[]]
    for (const id of gone) await ada.remove(id)
    const check = async (standing: string[]) => {
      const { expected, kept, counts, order } = await recountThreads(bench, site)
      assert.deepEqual(kept, expected)
      assert.deepEqual(counts.kept, counts.expected)
      assert.deepEqual(
        order().map(([id]) => id),
        standing,
      )
    }
    await check(chain)
    await bench.deps.write((work) => setState(work, site.id, last, { state: 'held' }))
    await check(chain.slice(0, 5))
    await bench.deps.write((work) => setState(work, site.id, last, { state: 'visible' }))
    await check(chain)
  })

  for (const seed of [1, 2, 3])
    test(`whatever is posted, deleted, decided and voted in any order, every count is as if counted anew (${seed})`, async () => {
      const site = await newSite(bench)
      await openToAll(bench, site, { editMinutes: -1, reportsToHold: 2 })
      const random = seeded(seed)
      const people = Array.from({ length: 6 }, (_, i) => talker(bench, site, `Person ${i}`))
      const { thread, get } = reader(bench, site)
      const said: { id: string; by: (typeof people)[number] }[] = []
      const act = async (step: number): Promise<unknown> => {
        const by = random.pick(people)
        const about = said.length > 0 ? random.pick(said) : undefined
        const lot = random.next()
        if (!about || lot < 0.35) {
          // Rather deep than wide: what is gone has more above it.
          const parent = about && random.next() < 0.8 ? random.pick(said.slice(-6)).id : undefined
          const response = await by.tell({ body: `Step ${step} of ${seed}`, ...(parent ? { parent } : {}) })
          if (response.status !== 201)
            return assert.ok([404, 409].includes(response.status), await response.text())
          return said.push({ id: ((await response.json()) as { comment: { id: string } }).comment.id, by })
        }
        if (lot < 0.5) return about.by.remove(about.id)
        if (lot < 0.7)
          return bench.deps.write((work) =>
            setState(work, site.id, about.id, {
              state: random.pick(STATES),
              shadow: random.next() < 0.15,
            }),
          )
        if (lot < 0.8) return by.vote(about.id, random.pick([-1, 0, 1]))
        if (lot < 0.88) return by.react(about.id, random.pick(['👍', '🎉']), random.next() < 0.7)
        if (lot < 0.94) return by.report(about.id)
        return about.by.edit(about.id, `Edited at ${step}`)
      }
      for (let step = 0; step < 120; step += 4) {
        bench.clock.now += 10_000
        // Some of it at once.
        await Promise.all([step, step + 1, step + 2, step + 3].map(act))
        if (step % 20 === 0) await check()
      }
      await check()

      async function check(): Promise<void> {
        const { expected, kept, counts, order } = await recountThreads(bench, site)
        assert.deepEqual(kept, expected)
        assert.deepEqual(counts.kept, counts.expected)
        const answer = await thread('sort=oldest&limit=3')
        assert.equal(
          answer.count,
          counts.expected.reduce((sum, count) => sum + count, 0),
        )
        assert.deepEqual(await readAll(answer), order())
      }

      /** Everything that can be read of the thread, by following every cursor. */
      async function readAll(first: Thread): Promise<[string, string][]> {
        const seen = new Map<string, { parent: string | null; state: string }>()
        const take = async (
          { data, next }: Pick<Level, 'data' | 'next'>,
          more: (cursor: string) => Promise<Level>,
        ) => {
          for (const { id, parent, state } of data) {
            assert.ok(!seen.has(id), `${id} came twice`)
            seen.set(id, { parent, state })
          }
          for (const { id, next } of data)
            if (next !== null) await follow(`/v1/comments/${id}/replies?limit=2`, next)
          if (next !== null) await take(await more(next), more)
        }
        const follow = async (path: string, cursor: string): Promise<void> => {
          const more = (next: string) => get<Level>(`${path}&cursor=${next}`)
          await take(await more(cursor), more)
        }
        await take(first, (cursor) => thread(`sort=oldest&limit=3&cursor=${cursor}`))
        const walk = (parent: string | null): [string, string][] =>
          [...seen]
            .filter(([, comment]) => comment.parent === parent)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .flatMap(([id, { state }]) => [[id, state] as [string, string], ...walk(id)])
        const all = walk(null)
        assert.equal(all.length, seen.size)
        return all
      }
    })
})
