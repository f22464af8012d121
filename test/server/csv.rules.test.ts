import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toCsv, toLongCsv } from '../../server/csv.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'
import { readCsv, readTable } from '../support/read-csv.ts'

const body = (csv: string) => csv.replace(/^\uFEFF/, '')
const written = (text: string) => readCsv(body(toCsv([{ before: 1, text, after: 2 }])))[1]
/** What was written, without the apostrophe that keeps it from being run. */
const safe = (text: string) => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text)

test('a file begins with a byte order mark and the names, and each line ends with CR LF', () => {
  assert.equal(toCsv([{ a: 1, b: 'x' }]), '\uFEFFa,b\r\n1,x\r\n')
  assert.equal(toCsv([], ['a', 'b']), '\uFEFFa,b\r\n')
  assert.equal(toCsv([{ a: 1, b: 2 }, { c: 3 }], ['c', 'a']), '\uFEFFc,a\r\n,1\r\n3,\r\n')
})

test('a long file is the same, and others have their turn meanwhile', async () => {
  const rows = Array.from({ length: 4500 }, (_, n) =>
    n % 3 ? { n, person: { id: `p${n}` } } : { n, late: [] },
  )
  let turns = 0
  let turning = setImmediate(function turn() {
    turns++
    turning = setImmediate(turn)
  })
  const file = await toLongCsv(rows)
  clearImmediate(turning)
  assert.equal(file, toCsv(rows))
  assert.ok(turns >= 8, `${turns} turns`)
})

test('objects become columns named with dots, amounts a column a currency in minor units, other lists JSON', () => {
  const rows = [
    {
      person: { id: 'p', name: null },
      value: [
        { currency: 'EUR', amount: 4900 },
        { currency: 'JPY', amount: -3 },
      ],
      one: null,
      proved: true,
      chain: [{ code: 'x', person: { id: 'y' } }],
      gone: undefined,
    },
    {
      person: { id: 'q', name: 'Ann' },
      value: [],
      one: { currency: 'EUR', amount: 5 },
      proved: false,
      chain: [],
    },
  ]
  assert.deepEqual(readTable(body(toCsv(rows))), [
    {
      'person.id': 'p',
      'person.name': '',
      'value_minor.EUR': '4900',
      'value_minor.JPY': '-3',
      'one.currency': '',
      'one.amount_minor': '',
      proved: 'true',
      chain: '[{"code":"x","person":{"id":"y"}}]',
      gone: '',
    },
    {
      'person.id': 'q',
      'person.name': 'Ann',
      'value_minor.EUR': '',
      'value_minor.JPY': '',
      'one.currency': 'EUR',
      'one.amount_minor': '5',
      proved: 'false',
      chain: '',
      gone: '',
    },
  ])
})

test('text that would be run as a formula is kept from it, numbers stay numbers', () => {
  for (const text of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '－1',
    '=cmd|" /C calc"!A0',
  ])
    assert.deepEqual(written(text), ['1', `'${text}`, '2'], text)
  for (const text of ['a=1', "'=1", '1-1', ' =1', '']) assert.deepEqual(written(text), ['1', text, '2'], text)
  assert.equal(body(toCsv([{ a: -5, b: 0.5, c: '-5' }])), "a,b,c\r\n-5,0.5,'-5\r\n")
  assert.deepEqual(readCsv(body(toCsv([{ '=x': { '@y': 1 } }])))[0], ["'=x.@y"])
})

test('naughty text comes back as it was', { skip: withoutCorpora }, () => {
  const texts = JSON.parse(corpusText('text/blns.json')) as string[]
  assert.ok(texts.length > 400)
  const rows = readTable(body(toCsv(texts.map((text, index) => ({ index, text })))))
  assert.deepEqual(
    rows.map(({ text }) => text),
    texts.map(safe),
  )
})

test('any text comes back as it was, whatever stands beside it', () => {
  const naughty = fc.string({ unit: fc.constantFrom(...'",;\r\n\t =+-@\'aü😀'), maxLength: 12 })
  fc.assert(
    fc.property(fc.array(fc.tuple(naughty, naughty), { minLength: 1, maxLength: 6 }), (pairs) => {
      const read = readCsv(body(toCsv(pairs.map(([a, b]) => ({ a, n: -1, b })))))
      assert.deepEqual(read, [['a', 'n', 'b'], ...pairs.map(([a, b]) => [safe(a), '-1', safe(b)])])
      for (const cell of read.slice(1).flatMap(([a = '', , b = '']) => [a, b]))
        assert.doesNotMatch(cell, /^[=+\-@\t\r]/)
    }),
    { numRuns: 2000 },
  )
})
