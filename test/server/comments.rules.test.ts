import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  closingTime,
  faultOf,
  hasPlace,
  mayEdit,
  rankOf,
  shownState,
  threadState,
  usualSort,
  wilson,
} from '../../server/comments/rules.ts'

/** The lower bound found another way: the smallest true share at which so many ups lie no further than z deviations above it. */
function byBisection(ups: number, downs: number): number {
  const votes = ups + downs
  const seen = ups / votes
  let [low, high] = [0, seen]
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    const tooLow = seen - middle > 1.959963984540054 * Math.sqrt((middle * (1 - middle)) / votes)
    if (tooLow) low = middle
    else high = middle
  }
  return high
}

describe('the Wilson bound', () => {
  // Found by bisection in 50-digit decimals.
  for (const [ups, downs, bound] of [
    [1, 0, 0.20654931],
    [1, 1, 0.09453121],
    [2, 0, 0.34238023],
    [5, 0, 0.56551754],
    [10, 0, 0.7224672],
    [9, 1, 0.59584997],
    [50, 50, 0.40383153],
    [600, 400, 0.56930943],
    [0, 5, 0],
    [0, 0, 0],
  ] as const)
    test(`of ${ups} up and ${downs} down is ${bound}`, () =>
      assert.ok(Math.abs(wilson(ups, downs) - bound) < 1e-6, String(wilson(ups, downs))))

  test('is where its own interval ends, found by bisection', () => {
    const votes = fc.integer({ min: 0, max: 5_000 })
    fc.assert(
      fc.property(votes, votes, (ups, downs) => {
        fc.pre(ups + downs > 0)
        assert.ok(Math.abs(wilson(ups, downs) - byBisection(ups, downs)) < 1e-9)
      }),
    )
  })

  test('grows with every vote up and falls with every vote down', () => {
    const votes = fc.integer({ min: 0, max: 1_000 })
    fc.assert(
      fc.property(votes, votes, (ups, downs) => {
        assert.ok(rankOf(false, ups + 1, downs) > rankOf(false, ups, downs))
        assert.ok(rankOf(false, ups, downs + 1) <= rankOf(false, ups, downs))
      }),
    )
  })

  test('many votes of the same share rank above few; ideas rank by how many more are for them', () => {
    assert.ok(rankOf(false, 90, 10) > rankOf(false, 9, 1))
    assert.equal(rankOf(true, 90, 30), 60)
    assert.equal(rankOf(true, 1, 5), -4)
    assert.ok(Number.isSafeInteger(rankOf(false, 10 ** 9, 1)))
  })
})

describe('what may be said', () => {
  const tower = (marks: number) => `a${'\u0301'.repeat(marks)}`
  for (const [what, text, fits] of [
    ['a word', 'a', true],
    ['an emoji', '👩‍👩‍👧‍👦', true],
    ['Arabic with its marks', 'بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ', true],
    ['Hebrew with points and accents', 'בְּרֵאשִׁ֖ית', true],
    ['Tibetan', 'བོད་སྐད་', true],
    ['eight marks on a letter', tower(8), true],
    ['nine marks on a letter', tower(9), false],
    ['text that turns around', 'a\u202eb\u202c', true],
    ['nothing', '', false],
    ['spaces', ' \n\t\u3000', false],
    ['what is not seen', '\u200b\u2060\u3164\ufeff\u2800', false],
    ['a mark on nothing', '\u0301', false],
  ] as const)
    test(`${what}: ${fits ? 'yes' : 'no'}`, () => assert.equal(faultOf(text) === undefined, fits))
})

describe('threads', () => {
  const DAY = 86_400_000
  const set = { state: 'open', closes_at: null, first_at: 10 } as const
  for (const [what, closes, days, at, state] of [
    ['without an end', null, 0, 10 ** 15, 'open'],
    ['before its days are over', null, 2, 9 + 2 * DAY, 'open'],
    ['after its days', null, 2, 10 + 2 * DAY, 'closed'],
    ['before a moment that was set', 500, 1, 499, 'open'],
    ['from a moment on that was set', 500, 3000, 500, 'closed'],
  ] as const)
    test(`${what}: ${state}`, () => assert.equal(threadState({ ...set, closes_at: closes }, days, at), state))

  test('one in which nobody spoke does not close by itself; one that was locked stays locked', () => {
    assert.equal(closingTime({ closes_at: null, first_at: null }, 5), null)
    assert.equal(threadState({ ...set, state: 'locked', closes_at: 1 }, 0, 2), 'locked')
    assert.equal(threadState({ ...set, state: 'read_only', closes_at: 1 }, 0, 2), 'read_only')
  })

  test('ideas stand by votes, replies as they were said', () => {
    assert.equal(usualSort(true, 'ideas', 'newest'), 'best')
    assert.equal(usualSort(true, 'discussion', 'newest'), 'newest')
    assert.equal(usualSort(false, 'ideas', 'best'), 'oldest')
  })

  test('a comment can be changed for some minutes, never, or always', () => {
    assert.deepEqual(
      [mayEdit(15, 0, 900_000), mayEdit(15, 0, 900_001), mayEdit(0, 0, 1), mayEdit(-1, 0, 10 ** 14)],
      [true, false, false, true],
    )
  })
})

describe('what has a place in lists', () => {
  for (const [state, shadow, replies, place, shown] of [
    ['visible', 0, 0, true, 'visible'],
    ['visible', 1, 0, false, 'removed'],
    ['visible', 1, 1, true, 'removed'],
    ['held', 0, 0, false, 'removed'],
    ['held', 0, 2, true, 'removed'],
    ['refused', 0, 1, true, 'removed'],
    ['deleted', 0, 0, false, 'deleted'],
    ['deleted', 0, 1, true, 'deleted'],
  ] as const)
    test(`${state}, shadow ${shadow}, ${replies} replies: ${place ? shown : 'none'}`, () => {
      assert.equal(hasPlace({ state, shadow, replies }), place)
      assert.equal(shownState({ state, shadow }), shown)
    })
})
