import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from '../../server/app.ts'
import type { CascadesReport, CascadeTree, Overview } from '../../server/contract/reports.ts'
import { readCascades } from '../../server/replay/read-cascades.ts'
import { type ReplayOptions, replayCascades } from '../../server/replay/replay-cascades.ts'
import { rebuildSite } from '../../server/reports/rebuild.ts'
import { newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import { measureCascade } from '../support/measure-cascade.ts'

const ORIGIN = 'https://cascades.example'

onEveryDatabase('a replay', (bench) => {
  let folder: string
  let listening: Server
  let server: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'grapevine-replay-'))
    listening = createAdaptorServer({ fetch: createApp(bench.deps, 'dist/widgets').fetch }) as Server
    listening.listen(0, '127.0.0.1')
    await once(listening, 'listening')
    server = `http://127.0.0.1:${(listening.address() as { port: number }).port}`
  })
  after(async () => {
    listening.close()
    listening.closeAllConnections()
    await rm(folder, { recursive: true, force: true })
  })

  /** Replays a text on a new site; `site` is known once it is made. */
  async function prepare(text: string) {
    const file = join(folder, `${crypto.randomUUID()}.txt`)
    await writeFile(file, text)
    const made: TestSite[] = []
    const options: ReplayOptions = {
      file,
      server,
      stateFolder: join(folder, 'state'),
      async makeSite() {
        const site = await newSite(bench, [ORIGIN])
        made.push(site)
        return { id: site.id, secretKey: site.secretKey, origin: ORIGIN }
      },
    }
    return { options, made }
  }

  test('makes the trees of the file, as a count of the file itself says', async () => {
    const text = randomForest(25)
    const { options, made } = await prepare(text)
    const { summary, shares, visits } = await replayCascades(options)

    const measured = readCascades(text).cascades.map(measureCascade)
    const max = (of: 'size' | 'depth' | 'breadth') => Math.max(...measured.map((cascade) => cascade[of]))
    assert.equal(summary.cascades, measured.length)
    assert.equal(summary.shares, shares)
    assert.equal(summary.maxSize, max('size'))
    assert.equal(summary.maxDepth, max('depth'))
    assert.equal(summary.maxBreadth, max('breadth'))
    const mean = measured.reduce((sum, { virality }) => sum + virality, 0) / measured.length
    assert.ok(Math.abs(summary.meanVirality - mean) < 1e-9)
    assert.deepEqual(visits, { counted: shares - measured.length })
    const [site] = made
    const mended = await bench.deps.write((work) => rebuildSite(work, site?.id ?? ''))
    assert.deepEqual(Object.values(mended), [0, 0, 0, 0], 'counting anew changes no number')
    assert.deepEqual(await readdir(options.stateFolder), [], 'nothing is remembered of a finished replay')
  })

  test('that is interrupted goes on where it was and doubles nothing', async () => {
    const { options, made } = await prepare(randomForest(25))
    const interrupted = replayCascades({
      ...options,
      concurrency: 4,
      onProgress({ done, total }) {
        if (done > total / 2) throw new Error('the power went')
      },
    })
    await assert.rejects(interrupted, /the power went/)

    let before = 0
    const { summary, shares, resumed } = await replayCascades({
      ...options,
      onProgress(progress) {
        before = progress.before
      },
    })
    assert.equal(resumed, true)
    assert.ok(before > 0)
    assert.equal(made.length, 1)
    assert.equal(summary.shares, shares)
    const [site] = made
    const { totals } = await serverOf(bench, site as TestSite).get<Overview>(
      '/v1/reports/overview?from=2000-01-01T00:00:00Z',
    )
    assert.deepEqual([totals.shares, totals.visits], [shares, shares - summary.cascades])
  })

  test('keeps the times of a file that has them', async () => {
    const { options, made } = await prepare('7\t1\t1464739201\t3\t1:0 1/2:61 1/2/3:40')
    await replayCascades(options)
    const { get } = serverOf(bench, made[0] as TestSite)
    const { data } = await get<CascadesReport>('/v1/reports/cascades')
    const tree = await get<CascadeTree>(`/v1/reports/cascades/${data[0]?.root}`)
    assert.deepEqual(
      tree.shares.map(({ depth, at, channel }) => ({ depth, at: Date.parse(at) / 1000, channel })),
      [
        { depth: 0, at: 1464739201, channel: 'weibo' },
        { depth: 1, at: 1464739262, channel: 'weibo' },
        { depth: 2, at: 1464739241, channel: 'weibo' },
      ],
    )
  })

  test('of a file with a fault makes no site', async () => {
    const { options, made } = await prepare('2,1,9,1\n3,1')
    await assert.rejects(replayCascades(options), /^CascadeFileError: Line 2/)
    assert.equal(made.length, 0)
  })

  test('to a server that is not there says so', async () => {
    const { options, made } = await prepare('2,1,9,1')
    // Port 9 is discard: nobody answers HTTP there.
    await assert.rejects(replayCascades({ ...options, server: 'http://127.0.0.1:9' }), /No server answers/)
    assert.equal(made.length, 0)
  })
})

/** Cascades of random shape, as a Twitter file with its lines in no order. */
function randomForest(cascades: number): string {
  const lines = Array.from({ length: cascades }, (_, cascade) =>
    Array.from({ length: 1 + Math.floor(Math.random() * 20) }, (_, index) => {
      const parent = 1 + Math.floor(Math.random() * (index + 1))
      return `${index + 2},${parent},${cascade},1`
    }),
  )
  return lines
    .flat()
    .sort(() => Math.random() - 0.5)
    .join('\n')
}
