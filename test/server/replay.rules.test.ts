import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Cascade } from '../../server/replay/cascade.ts'
import { progressLine } from '../../server/replay/progress.ts'
import { readCascades } from '../../server/replay/read-cascades.ts'
import { walkCascades } from '../../server/replay/walk-cascades.ts'
import { measureCascade } from '../support/measure-cascade.ts'

const data = join(import.meta.dirname, '../../../shared/data')
const skip = existsSync(data) ? false : 'the real cascades in ../shared/data are not here'

/** Each repost as `name<parent`, parents before children. */
const drawn = ({ reposts }: Cascade): string[] =>
  reposts.map(({ name, parent }) => (parent === null ? name : `${name}<${reposts[parent]?.name}`))

const drawnFile = (text: string) => {
  const { cascades, duplicates, orphans } = readCascades(text)
  return { trees: Object.fromEntries(cascades.map((c) => [c.id, drawn(c).join(' ')])), duplicates, orphans }
}

describe('a Twitter file', () => {
  const cases: [
    title: string,
    text: string,
    trees: Record<string, string>,
    duplicates?: number,
    orphans?: number,
  ][] = [
    ['has the parent that is nobody’s child as its seed', '2,1,9,1\n3,2,9,2\n', { 9: '1 2<1 3<2' }],
    ['may name children before their parents', '4,3,9,3\n3,2,9,2\n2,1,9,1', { 9: '1 2<1 3<2 4<3' }],
    ['uses an id again in another cascade', '2,1,8,1\n2,1,9,1', { 8: '1 2<1', 9: '1 2<1' }],
    ['may mix the lines of its cascades', '2,1,8,1\n2,1,9,1\n3,2,8,2', { 8: '1 2<1 3<2', 9: '1 2<1' }],
    ['may have a header', 'child,parent,cascade,generation\n2,1,9,1', { 9: '1 2<1' }],
    [
      'may have CRLF, blank lines, spaces and a byte order mark',
      '\uFEFF2,1,9,1 \r\n\r\n 3, 1 ,9,1\r\n',
      { 9: '1 2<1 3<1' },
    ],
    ['keeps the first of two lines about one child', '2,1,9,1\n3,1,9,1\n2,3,9,2', { 9: '1 2<1 3<1' }, 1],
    ['shows a missing parent as a root of its own', '2,1,9,1\n6,5,9,4', { 9: '1 5 2<1 6<5' }, 0, 1],
  ]
  for (const [title, text, trees, duplicates = 0, orphans = 0] of cases)
    test(title, () => assert.deepEqual(drawnFile(text), { trees, duplicates, orphans }))
})

describe('a Weibo file', () => {
  const line = (reposts: string, id = 9) => `${id}\t1\t1464739201\t3\t${reposts}`
  const cases: [title: string, reposts: string, tree: string, duplicates?: number, orphans?: number][] = [
    ['hangs c under b for a/b/c', '1:0 1/2:5 1/2/3:9', '1 2<1 3<2'],
    ['need not be in the order of time', '1/2/3:9 1/2:5 1:0', '1 2<1 3<2'],
    ['takes its author as the seed where no entry says so', '1/2:5', '1 2<1'],
    ['counts somebody who reposts twice as two', '1:0 1/2:5 1/2:8', '1 2<1 2.2<1'],
    [
      'hangs a repost under the earliest with its parent’s path',
      '1:0 1/2:8 1/2:5 1/2/3:9',
      '1 2<1 2.2<1 3<2.2',
    ],
    ['goes by the user where no entry has the parent’s path', '1:0 1/4:1 1/4/2:5 1/2/3:9', '1 4<1 2<4 3<2'],
    ['hangs a repost of somebody unseen under the seed', '1:0 1/7/3:9', '1 3<1', 0, 1],
    ['hangs a repost of oneself, not seen before, under the seed', '1:0 1/5/5:3', '1 5<1', 0, 1],
    ['cuts a circle of users at its first repost', '1:0 1/2/3:5 1/3/2:7', '1 3<1 2<3', 0, 1],
    ['leaves out an entry that is there twice', '1:0 1/2:5 1/2:5', '1 2<1', 1],
    ['may have the author repost the own post', '1:0 1/2:5 1/2/1:9', '1 2<1 1.2<2'],
  ]
  for (const [title, reposts, tree, duplicates = 0, orphans = 0] of cases)
    test(title, () => assert.deepEqual(drawnFile(line(reposts)), { trees: { 9: tree }, duplicates, orphans }))

  test('keeps the time of each repost', () => {
    const [cascade] = readCascades(line('1:0 1/2:61')).cascades
    const times = cascade?.reposts.map(({ at }) => at)
    assert.deepEqual(times, ['2016-06-01T00:00:01.000Z', '2016-06-01T00:01:02.000Z'])
  })

  test('keeps a post that nobody passed on', () => {
    assert.deepEqual(drawnFile(`${line('1:0', 8)}\r\n${line('', 9)}`).trees, { 8: '1', 9: '1' })
  })
})

describe('a file that cannot be read is refused with its line', () => {
  const cases: [title: string, text: string, message: RegExp][] = [
    ['nothing in it', ' \n', /^Line 1: the file has no cascades/],
    ['only a header', 'child,parent,cascade,generation', /^Line 1: the file has no cascades/],
    ['too few fields', '2,1,9,1\n\n3,1,9', /^Line 3: expected child,parent/],
    ['too many fields', '2,1,9,1,7', /^Line 1: expected child,parent/],
    ['an empty id', '2,,9,1', /^Line 1: expected child,parent/],
    ['a generation that is no number', '2,1,9,1\n3,1,9,x', /^Line 2: expected child,parent/],
    ['its own parent', '2,1,9,1\n3,3,9,1', /^Line 2: 3 descends from itself/],
    ['parents in a circle', '2,1,9,1\n3,4,9,2\n4,3,9,3', /^Line 2: 3 descends from itself/],
    ['a Weibo line without its time', '9\t1\tnoon\t2\t1:0', /^Line 1: “noon” is not a unix time/],
    ['a Weibo repost without seconds', '9\t1\t1464739201\t2\t1:0 1/2', /^Line 1: “1\/2” is not a repost/],
    [
      'a Weibo repost with an empty user',
      '9\t1\t1464739201\t2\t1:0 1//2:4',
      /^Line 1: “1\/\/2:4” is not a repost/,
    ],
    ['a Weibo line cut short', '9\t1\t1464739201\t2\t1:0\n10\t1', /^Line 2: expected id, author/],
    ['one Weibo cascade twice', '9\t1\t1\t1\t1:0\n9\t1\t1\t1\t1:0', /^Line 2: cascade 9 is on line 1/],
  ]
  for (const [title, text, message] of cases)
    test(title, () => assert.throws(() => readCascades(text), { name: 'CascadeFileError', message }))
})

test('a chain of 100,000 reposts is read', () => {
  const text = Array.from({ length: 100_000 }, (_, hop) => `${hop + 2},${hop + 1},9,${hop + 1}`).join('\n')
  assert.equal(readCascades(text).cascades[0]?.reposts.at(-1)?.name, '100001')
})

test('the real retweet cascades have the sizes, depths and virality published for them', { skip }, () => {
  const expected = JSON.parse(readFileSync(join(data, 'twitter-retweets.expected.json'), 'utf8'))
  const { cascades, duplicates, orphans } = readCascades(
    readFileSync(join(data, 'twitter-retweets.csv'), 'utf8'),
  )
  const measured = cascades.map(measureCascade)
  const depths: Record<string, number> = {}
  for (const { depth } of measured) depths[depth] = (depths[depth] ?? 0) + 1
  const mean = (of: 'size' | 'virality') =>
    measured.reduce((sum, cascade) => sum + cascade[of], 0) / measured.length
  const max = (of: 'size' | 'depth' | 'breadth' | 'virality') =>
    Math.max(...measured.map((cascade) => cascade[of]))

  assert.equal(cascades.length, expected.trees)
  assert.equal(duplicates, expected.duplicates)
  assert.equal(orphans, expected.orphans)
  assert.equal(max('size'), expected.max_size)
  assert.equal(max('depth'), expected.max_depth)
  assert.equal(max('breadth'), expected.max_breadth)
  assert.deepEqual(depths, expected.depth_hist)
  assert.ok(Math.abs(mean('size') - expected.mean_size) < 1e-9)
  assert.ok(Math.abs(mean('virality') - expected.mean_virality) < 1e-9)
  assert.ok(Math.abs(max('virality') - expected.max_virality) < 1e-9)
})

test('the real Weibo cascades have every repost of theirs', { skip }, () => {
  const text = readFileSync(join(data, 'weibo-cascades.txt'), 'utf8')
  const { cascades, duplicates, orphans } = readCascades(text)
  const shares = cascades.reduce((sum, { reposts }) => sum + reposts.length, 0)
  assert.equal(shares, text.match(/:\d+/g)?.length)
  assert.deepEqual(
    { cascades: cascades.length, duplicates, orphans },
    { cascades: 30, duplicates: 0, orphans: 1 },
  )
})

test('a walk never comes to a repost before its parent, nor to more at once than allowed', async () => {
  const { cascades } = readCascades('2,1,8,1\n3,1,8,1\n4,2,8,2\n5,4,8,3\n2,1,9,1\n3,2,9,2')
  const ended = new Set<string>()
  let under = 0
  let most = 0
  const finished: number[] = []
  await walkCascades(cascades, {
    from: 0,
    concurrency: 2,
    async act({ cascade, repost, parent }) {
      assert.ok(!parent || ended.has(`${cascade.id}/${parent.name}`))
      most = Math.max(most, ++under)
      await new Promise(setImmediate)
      under--
      ended.add(`${cascade.id}/${repost.name}`)
    },
    onFinished: (count) => finished.push(count),
  })
  assert.equal(ended.size, 8)
  assert.equal(most, 2)
  assert.equal(finished.at(-1), 2)
})

test('a walk that fails ends what is under way and starts nothing more', async () => {
  const { cascades } = readCascades('2,1,8,1\n3,1,8,1\n4,1,8,1')
  let acted = 0
  const act = async () => {
    acted++
    throw new Error('no')
  }
  await assert.rejects(walkCascades(cascades, { from: 0, concurrency: 2, act, onFinished() {} }), /no/)
  assert.equal(acted, 1)
})

test('progress says how far, how fast and how long still', () => {
  const line = progressLine({ done: 3_000, total: 12_000, before: 1_000 }, 4, 8)
  assert.equal(line, '██░░░░░░  25 %  3,000 of 12,000 shares, 500 a second, 0:18 left')
})
