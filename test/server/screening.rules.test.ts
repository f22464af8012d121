import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CommentSettings } from '../../server/contract/screening.ts'
import { fold } from '../../server/fold.ts'
import { compileWords, searchedMarkdown, withTexts } from '../../server/screening/find-words.ts'
import { bitsApart, nearBits, printOf, simhashOf } from '../../server/screening/likeness.ts'
import {
  type Author,
  type Doubt,
  decide,
  earnedLevel,
  type Hits,
  type Standing,
  signsAgainst,
  trustFrom,
} from '../../server/screening/rules.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'

const NEW: Author = { level: 0, guest: true }
const KNOWN: Author = { level: 1, guest: true }
const TRUSTED: Author = { level: 3, guest: false }
const STAFF: Author = { level: 4, guest: false }
const plain: Hits = {
  links: 0,
  url: 'https://shop.example/news/1',
  refusedWord: undefined,
  heldWord: undefined,
  ruleWords: [],
  edited: false,
}

/** What becomes of a comment, in one line: the verdict, then its reasons. */
function fate(settings: object, author: Author, said: Partial<Hits> = {}, doubts: Doubt[] = []): string {
  const { verdict, reasons } = decide(CommentSettings.parse(settings), author, { ...plain, ...said }, doubts)
  return [verdict, ...reasons.map(({ reason, detail }) => (detail ? `${reason} ${detail}` : reason))].join(
    ', ',
  )
}

describe('what becomes of a comment', () => {
  const table: [object, Author, Partial<Hits>, string][] = [
    [{ policy: 'open' }, NEW, {}, 'visible'],
    [{ policy: 'open' }, NEW, { links: 5 }, 'visible'],
    [{ policy: 'open' }, NEW, { links: 6 }, 'held, too_many_links 6'],
    [{ policy: 'open' }, TRUSTED, { links: 6 }, 'visible'],
    [{ policy: 'open', maxLinks: 0 }, KNOWN, { links: 1 }, 'held, too_many_links 1'],
    [{}, NEW, {}, 'held, first_held'],
    [{}, KNOWN, {}, 'visible'],
    [{}, KNOWN, { links: 1 }, 'visible'],
    [{ policy: 'links_held' }, NEW, {}, 'visible'],
    [{ policy: 'links_held' }, KNOWN, { links: 1 }, 'held, links_held 1'],
    [{ policy: 'links_held' }, TRUSTED, { links: 1 }, 'visible'],
    [{ policy: 'all_held' }, TRUSTED, {}, 'held, all_held'],
    [{ policy: 'all_held' }, STAFF, { links: 50 }, 'visible'],
    [{ policy: 'open' }, KNOWN, { heldWord: 'casino' }, 'held, held_word casino'],
    [{ policy: 'open' }, TRUSTED, { heldWord: 'casino' }, 'held, held_word casino'],
    [{ policy: 'all_held' }, NEW, { heldWord: 'a', refusedWord: 'b' }, 'refused, refused_word b'],
    [{ policy: 'open' }, STAFF, { refusedWord: 'b', heldWord: 'a' }, 'visible'],
    [{}, NEW, { heldWord: 'casino', links: 9 }, 'held, held_word casino, first_held, too_many_links 9'],
    [{}, NEW, { edited: true }, 'held, first_held, edited'],
    [{}, KNOWN, { edited: true }, 'visible'],
  ]
  for (const [settings, author, said, expected] of table)
    test(`${JSON.stringify(settings)} level ${author.level} ${JSON.stringify(said)}: ${expected}`, () =>
      assert.equal(fate(settings, author, said), expected))

  test('the first of the rules that fits decides', () => {
    const rules = [
      { verdict: 'visible', urlBegins: 'https://shop.example/open/' },
      { verdict: 'refused', guest: true, linksOver: 2 },
      { verdict: 'held', word: 'crypto' },
      { verdict: 'held', levelBelow: 1 },
    ]
    const settings = { policy: 'rules', rules }
    const open = { url: 'https://shop.example/open/1' }
    assert.equal(fate(settings, NEW, { ...open, links: 3 }), 'visible')
    assert.equal(fate(settings, NEW, { ...open, links: 6 }), 'held, too_many_links 6')
    assert.equal(fate(settings, NEW, { links: 3 }), 'refused, links_held rule 2')
    assert.equal(fate(settings, { level: 0, guest: false }, { links: 3 }), 'held, first_held rule 4')
    assert.equal(fate(settings, KNOWN, { ruleWords: [false, false, true, false] }), 'held, held_word rule 3')
    assert.equal(fate(settings, KNOWN), 'visible')
    assert.equal(fate({ policy: 'rules', rules: [{ verdict: 'held' }] }, TRUSTED), 'held, all_held rule 1')
    assert.equal(fate({ policy: 'rules' }, NEW), 'visible')
    assert.equal(
      fate({ policy: 'rules', rules: [{ verdict: 'refused', guest: true }] }, NEW),
      'refused, guest rule 1',
    )
  })

  test('what else was found out holds it, except of staff', () => {
    const doubts: Doubt[] = [{ reason: 'hook', detail: 'off topic' }]
    assert.equal(fate({ policy: 'open' }, TRUSTED, {}, doubts), 'held, hook off topic')
    assert.equal(fate({ policy: 'open' }, STAFF, {}, doubts), 'visible')
  })

  test('work is asked for when something speaks against an attempt, never of who is known', () => {
    const doubts: Doubt[] = [{ reason: 'near_duplicate', detail: '' }]
    const settings = { maxLinks: 2 }
    assert.equal(signsAgainst(NEW, plain, [], settings), 0)
    assert.equal(signsAgainst(NEW, { links: 1, heldWord: undefined }, [], settings), 1)
    assert.equal(signsAgainst({ level: 0, guest: false }, { links: 1, heldWord: undefined }, [], settings), 0)
    assert.equal(signsAgainst(NEW, { links: 3, heldWord: 'casino' }, doubts, settings), 4)
    assert.equal(signsAgainst(KNOWN, { links: 3, heldWord: 'casino' }, doubts, settings), 0)
  })
})

describe('how far somebody is trusted', () => {
  const nobody: Standing = {
    role: 'member',
    member: false,
    approved: 0,
    refused: 0,
    vouchedBy: null,
    set: null,
    broughtByTrusted: null,
    newcomers: 1,
  }
  const table: [string, Partial<Standing>, number, string[]][] = [
    ['a guest who has not spoken', {}, 0, []],
    ['one approved comment', { approved: 1 }, 1, ['approved 1']],
    ['five', { approved: 5 }, 2, ['approved 5']],
    ['twenty of a guest', { approved: 20 }, 2, ['approved 20']],
    ['twenty of a member', { approved: 20, member: true }, 3, ['member', 'approved 20']],
    ['one was refused', { approved: 3, refused: 1 }, 0, ['approved 3', 'refused 1']],
    ['many and one refused', { approved: 8, refused: 1 }, 2, ['approved 8', 'refused 1']],
    ['brought by somebody trusted', { broughtByTrusted: 'p1' }, 1, ['brought_by_trusted p1']],
    [
      'brought so, but refused',
      { broughtByTrusted: 'p1', refused: 1 },
      0,
      ['refused 1', 'brought_by_trusted p1'],
    ],
    [
      'brought so, in a burst',
      { broughtByTrusted: 'p1', newcomers: 5 },
      0,
      ['burst 5', 'brought_by_trusted p1'],
    ],
    ['in a burst, but known', { approved: 1, newcomers: 9 }, 1, ['approved 1']],
    ['vouched for', { vouchedBy: 'p2' }, 1, ['vouched p2']],
    ['vouched for, but refused', { vouchedBy: 'p2', refused: 1 }, 0, ['refused 1', 'vouched p2']],
    ['as the owner says', { set: 3, refused: 7 }, 3, ['set 3']],
    ['as the owner says, low', { set: 0, approved: 50 }, 0, ['set 0']],
    ['staff', { role: 'moderator', set: 0 }, 4, ['staff moderator']],
  ]
  for (const [title, standing, level, reasons] of table)
    test(title, () => {
      const trust = trustFrom({ ...nobody, ...standing })
      assert.equal(trust.level, level)
      assert.deepEqual(
        trust.reasons.map(({ reason, detail }) => (detail ? `${reason} ${detail}` : reason)),
        reasons,
      )
    })

  test('an approved comment never lowers it, a refused one never raises it', () => {
    for (let approved = 0; approved < 40; approved++)
      for (let refused = 0; refused < 10; refused++)
        for (const member of [true, false]) {
          const level = earnedLevel({ member, approved, refused })
          assert.ok(earnedLevel({ member, approved: approved + 1, refused }) >= level)
          assert.ok(earnedLevel({ member, approved, refused: refused + 1 }) <= level)
        }
  })
})

describe('words are found whatever they are spelled with', () => {
  const same: [string, string][] = [
    ['viagra', 'VIAGRA'],
    ['viagra', 'Vіаgrа'], // Cyrillic і and а
    ['viagra', 'ｖｉａｇｒａ'],
    ['viagra', '𝓿𝓲𝓪𝓰𝓻𝓪'],
    ['viagra', 'v\u200bi\u00ada\u2060gra'],
    ['viagra', 'V͎̗Í̷A̸G̶R̵A'],
    ['casino', '🅲🅰🆂🅸🅽🅾'],
    ['casino', 'Ⓒⓐsino'],
    ['bitcoin', 'ΒΙΤCOIN'], // Greek capitals
    ['kill', 'kiIl'],
    ['google', 'g00gle'],
    ['straße', 'STRASSE'],
    ['café', 'cafe\u0301'],
    ['москва', 'МОСКВА'],
    ['عربية', 'عَرَبِيَّة'],
    ['istanbul', 'İstanbul'],
  ]
  for (const [word, written] of same)
    test(`${word}: ${written}`, () => assert.equal(fold(written), fold(word)))

  const different: [string, string][] = [
    ['bum', 'burn'],
    ['mail', 'mall'],
    ['か', 'が'],
    ['हिन्दी', 'हन्द'],
    ['100', 'loo'],
  ]
  for (const [a, b] of different) test(`${a} is not ${b}`, () => assert.notEqual(fold(a), fold(b)))

  const found: [string, string, boolean][] = [
    ['viagra', 'Buy VІАGRА now!', true],
    ['viagra', 'viagras', false],
    ['viagr*', 'viagras', true],
    ['*agra', 'viagra', true],
    ['v*a', 'va', true],
    ['aa*aa', 'aaa', false],
    ['*in*in*', 'inner in', false],
    ['*in*in*', 'minting', true],
    ['ass', 'class', false],
    ['buy now', 'BUY — now!', true],
    ['buy now', 'buy it now', false],
    ['buy * now', 'buy it now', true],
    ['buy * now', 'buy now', false],
    ['赌博', '去赌 博网站', true],
    ['赌*站', '去赌博网站', true],
    ['カジノ', 'オンラインｶｼﾞﾉ', true],
    ['카지노', '카지노를 가자', true],
    ['🖕', 'so 🖕', true],
    ['🖕', 'so 👍', false],
    ['$$$', 'get $$$ now', true],
    ['spam.example', 'see https://spam.example/x', true],
    ['c++', 'c', true],
    ['viagra', 'via**gra**', true],
    ['snake_case', 'a snake_case name', true],
    ['$*$', 'from $5 to 10$', true],
    ['$*$', 'for 10$', false],
    ['*', 'anything', true],
  ]
  for (const [word, text, is] of found)
    test(`${word} is ${is ? '' : 'not '}in ${text}`, () =>
      assert.equal(compileWords([word])(searchedMarkdown(text)), is ? word : undefined))

  test('names and links are searched with the text, which stays what it is', () => {
    const text = searchedMarkdown('Hello')
    const all = withTexts(text, ['Bob Сasino', 'https://pills.example/'])
    const find = compileWords(['casino', 'pills'])
    assert.equal(find(text), undefined)
    assert.equal(find(all), 'casino')
    assert.equal(compileWords(['hello bob'])(all), 'hello bob')
  })

  test('each naughty string is found in a text that has it', { skip: withoutCorpora }, () => {
    for (const naughty of JSON.parse(corpusText('text/blns.json')) as string[]) {
      const word = naughty.trim().slice(0, 100).toWellFormed()
      // A star is none of a text's own.
      if (fold(word) === '' || word.includes('*')) continue
      assert.equal(compileWords([word])(searchedMarkdown(`see ${word} there`)), word)
    }
  })

  test('globs answer as an oracle that tries everything does', () => {
    const oracle = (glob: string, word: string): boolean => {
      if (glob === '') return word === ''
      if (glob[0] === '*')
        return Array.from({ length: word.length + 1 }, (_, i) => word.slice(i)).some((rest) =>
          oracle(glob.slice(1), rest),
        )
      return glob[0] === word[0] && oracle(glob.slice(1), word.slice(1))
    }
    const texts = (letters: string[], length: number): string[] =>
      length === 0 ? [''] : texts(letters, length - 1).flatMap((t) => letters.map((l) => t + l))
    const words = [1, 2, 3, 4].flatMap((n) => texts(['a', 'b'], n))
    for (const glob of [1, 2, 3, 4].flatMap((n) => texts(['a', 'b', '*'], n))) {
      const find = compileWords([glob])
      for (const word of words)
        assert.equal(find(searchedMarkdown(word)) !== undefined, oracle(glob, word), `${glob} ${word}`)
    }
  })

  test('2,000 words in 10,000 characters take a few ms, and so does what is made to take long', () => {
    const lists = [
      Array.from({ length: 2_000 }, (_, i) => [`w${i}rd*`, `*x${i}y*z`, `word${i} next`][i % 3] as string),
      Array.from({ length: 2_000 }, (_, i) => `a*a*a*a*b${i}`),
      Array.from({ length: 2_000 }, (_, i) => `*${'a'.repeat(1 + (i % 90))}*b`),
    ]
    const texts = [
      Array.from({ length: 1_600 }, (_, i) => `text${((i * 7919) % 5000).toString(36)}`).join(' '),
      'a'.repeat(10_000),
      'aaaa '.repeat(2_000),
      'aI'.repeat(5_000),
      '赌 '.repeat(5_000),
      'a\u0300\u0301'.repeat(3_333),
      'a*'.repeat(5_000),
    ].map((text) => text.slice(0, 10_000))
    for (const list of lists) {
      const find = compileWords(list)
      for (const text of texts) {
        const times = [1, 2, 3].map(() => {
          const start = performance.now()
          find(searchedMarkdown(text))
          return performance.now() - start
        })
        assert.ok(Math.min(...times) < 50, `${list[1]} in ${text.slice(0, 20)}: ${Math.min(...times)} ms`)
      }
    }
  })
})

describe('repetitions are known again', () => {
  const hash = (text: string) => simhashOf(searchedMarkdown(text))
  const LONG =
    'The quick brown fox jumps over the lazy dog while the sun sets slowly behind the distant hills and the river ' +
    'flows quietly towards the sea where ships wait for the morning tide to carry them home again after a long winter'
  const CJK = '今天天气很好我们一起去公园散步然后在湖边的小店里喝了一杯茶聊了很久关于旅行和电影的事情非常开心'

  test('the same text is, however it is set', () => {
    const print = (text: string) => printOf(searchedMarkdown(text))
    assert.equal(print('Hello,  World!'), print('hello\nwоrld'))
    assert.notEqual(print('Hello, World!'), print('Hello, Word!'))
    assert.notEqual(print('👍'), print('👎'))
  })

  test('nearly the same text is, another is not', () => {
    const near = nearBits(LONG.length)
    assert.equal(bitsApart(hash(LONG), hash(LONG.toUpperCase())), 0)
    assert.ok(bitsApart(hash(LONG), hash(`${LONG} xqz17`)) <= near)
    assert.ok(bitsApart(hash(LONG), hash(`Hi. ${LONG}`)) <= near)
    assert.ok(bitsApart(hash(CJK), hash(`${CJK}！`)) <= 3)
    const others = [
      'Rice with vegetables and a little salt, as my grandmother made it on every other Sunday of the year',
      CJK,
    ]
    for (const other of others) assert.ok(bitsApart(hash(LONG), hash(other)) > 16)
  })

  test('the distance counts bits', () => {
    assert.equal(bitsApart('0000000000000000', 'ffffffffffffffff'), 64)
    assert.equal(bitsApart('0000000000000001', '8000000000000000'), 2)
    assert.equal(bitsApart('', '8000000000000000'), 64)
  })
})
