import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseMarkup } from '../../server/comments/parse-markup.ts'
import { plainText } from '../../server/comments/plain-text.ts'
import type { Block, Inline, Markup } from '../../server/contract/markup.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'

const people = new Map([
  ['Ann', 'p1'],
  ['Ann Lee', 'p2'],
  ['snake_case_', 'p3'],
  ['李雷', 'p4'],
])
const imageHosts = ['pictures.example']
const parse = (body: string) => parseMarkup(body, { people, imageHosts })
const p = (...c: Inline[]): Block => ({ t: 'p', c })
const a = (href: string, text = href): Inline => ({ t: 'link', href, c: [text] })
const br: Inline = { t: 'br' }
const ann: Inline = { t: 'mention', id: 'p1', name: 'Ann' }

const CASES: [string, ...Block[]][] = [
  ['plain', p('plain')],
  ['', ...[]],
  [' \n\n ', ...[]],
  [
    '*a* _b_ **c** __d__ ~~e~~ `f`',
    p(
      { t: 'em', c: ['a'] },
      ' ',
      { t: 'em', c: ['b'] },
      ' ',
      { t: 'strong', c: ['c'] },
      ' ',
      { t: 'strong', c: ['d'] },
      ' ',
      { t: 'del', c: ['e'] },
      ' ',
      { t: 'code', text: 'f' },
    ),
  ],
  ['***a***', p({ t: 'em', c: [{ t: 'strong', c: ['a'] }] })],
  ['2 * 3 * 4, snake_case_name, \\*a\\*', p('2 * 3 * 4, snake_case_name, *a*')],
  ['one\ntwo  \nthree\\\nfour', p('one', br, 'two', br, 'three', br, 'four')],
  ['one\n\ntwo', p('one'), p('two')],
  ['# Not a heading\ntext\n===', p('# Not a heading', br, 'text', br, '===')],
  ['a\n\n---\n\nb', p('a'), p('---'), p('b')],
  ['|a|b|\n|-|-|\n|1|2|', p('|a|b|', br, '|-|-|', br, '|1|2|')],
  ['<b onclick="x()">bold</b> &lt;', p('<b onclick="x()">bold</b> &lt;')],
  ['<!-- no comment -->', p('<!-- no comment -->')],
  // Quotes end where their marks do.
  ['> said\nanswered', { t: 'quote', c: [p('said')] }, p('answered')],
  ['> one\n>\n> > two', { t: 'quote', c: [p('one'), { t: 'quote', c: [p('two')] }] }],
  ['- a\n- b', { t: 'list', ordered: false, start: 1, items: [[p('a')], [p('b')]] }],
  [
    '3. a\n4. b\n   - c',
    {
      t: 'list',
      ordered: true,
      start: 3,
      items: [[p('a')], [p('b'), { t: 'list', ordered: false, start: 1, items: [[p('c')]] }]],
    },
  ],
  ['```c++\nint *a*;\n```', { t: 'pre', lang: 'c++', text: 'int *a*;' }],
  ['~~~\n<script>\n~~~', { t: 'pre', lang: '', text: '<script>' }],
  ['```\nnever closed', { t: 'pre', lang: '', text: 'never closed' }],
  // What is no language is kept as text.
  ['```js " onload="x\na\n```', { t: 'pre', lang: '', text: 'js " onload="x\na' }],
  [`\`\`\`${'x'.repeat(33)}\na\n\`\`\``, { t: 'pre', lang: '', text: `${'x'.repeat(33)}\na` }],
  ['    indented', { t: 'pre', lang: '', text: 'indented' }],
  // Links.
  ['[t](https://a.example/b "title")', p(a('https://a.example/b', 't'))],
  ['[t](<https://a.example/b c>)', p(a('https://a.example/b%20c', 't'))],
  [
    '[**t**](mailto:ann@a.example?bcc=x@y.example)',
    p({ t: 'link', href: 'mailto:ann@a.example', c: [{ t: 'strong', c: ['t'] }] }),
  ],
  ['<https://a.example/>', p(a('https://a.example/'))],
  ['<ann@a.example>', p(a('mailto:ann@a.example', 'ann@a.example'))],
  [
    'see https://a.example/b_c_(d), or (http://b.example).',
    p('see ', a('https://a.example/b_c_(d)'), ', or (', a('http://b.example/', 'http://b.example'), ').'),
  ],
  ['*https://a.example/*', p({ t: 'em', c: [a('https://a.example/')] })],
  ['见https://a.example/b。好', p('见', a('https://a.example/b'), '。好')],
  ['mailto:ann@a.example', p(a('mailto:ann@a.example'))],
  ['[https://a.example](https://b.example/)', p(a('https://b.example/', 'https://a.example'))],
  ['https://münchen.example/', p(a('https://xn--mnchen-3ya.example/', 'https://münchen.example/'))],
  [
    'xhttps://a.example ftp://a.example //a.example www.a.example ann@a.example',
    p('xhttps://a.example ftp://a.example //a.example www.a.example ann@a.example'),
  ],
  ['[t][r]\n\n[r]: https://a.example/', p('[t][r]'), p('[r]: ', a('https://a.example/'))],
  ['[t]()', p('t')],
  ['[t](/relative) [t](a.example) [t](#f)', p('[t](/relative) [t](a.example) [t](#f)')],
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '&#106;avascript:alert(1)',
    'java&Tab;script:alert(1)',
    'javascript&colon;alert(1)',
    'data:text/html,x',
    'data:image/png;base64,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a.example/1',
    'https:evil.example',
    'https:/evil.example',
    'https://bank.example@evil.example/',
    'https://user:word@evil.example/',
    'mailto:a@b.example@c',
    `https://a.example/${'x'.repeat(2_100)}`,
  ].map((href): [string, Block] => [`[t](${href})`, p(`[t](${href})`)]),
  // Pictures.
  [
    '![alt](https://pictures.example/a.png)',
    p({ t: 'image', src: 'https://pictures.example/a.png', alt: 'alt' }),
  ],
  ['![alt](https://other.example/a.png)', p('!', a('https://other.example/a.png', 'alt'))],
  ['![alt](http://pictures.example/a.png)', p('!', a('http://pictures.example/a.png', 'alt'))],
  ['![alt](https://pictures.example:8443/a.png)', p('!', a('https://pictures.example:8443/a.png', 'alt'))],
  // Mentions.
  [
    '@Ann and @Ann Lee, @ann: @李雷!',
    p(
      ann,
      ' and ',
      { t: 'mention', id: 'p2', name: 'Ann Lee' },
      ', ',
      ann,
      ': ',
      { t: 'mention', id: 'p4', name: '李雷' },
      '!',
    ),
  ],
  ['@snake_case_ *@Ann*', p({ t: 'mention', id: 'p3', name: 'snake_case_' }, ' ', { t: 'em', c: [ann] })],
  ['@Anna x@Ann @@Ann @nobody', p('@Anna x@Ann @@Ann @nobody')],
  ['`@Ann` [@Ann](https://a.example/)', p({ t: 'code', text: '@Ann' }, ' ', a('https://a.example/', '@Ann'))],
  ['```\n@Ann\n```', { t: 'pre', lang: '', text: '@Ann' }],
]

test('Markdown becomes a small tree', () => {
  for (const [body, ...markup] of CASES) assert.deepEqual(parse(body).markup, markup, body)
})

test('where links lead and whom a comment calls is told beside', () => {
  const { links, mentions } = parse(
    '@Ann @Ann https://a.example/ [t](https://a.example/) ![i](https://pictures.example/x)',
  )
  assert.deepEqual(links, ['https://a.example/', 'https://a.example/', 'https://pictures.example/x'])
  assert.deepEqual(mentions, ['p1'])
})

test('without anybody to mention and without allowed hosts there are neither mentions nor images', () => {
  const { markup } = parseMarkup('@Ann ![x](https://pictures.example/)')
  assert.deepEqual(markup, [p('@Ann !', a('https://pictures.example/', 'x'))])
})

/** Fails unless this is a tree of the contract's shapes, exactly, with links that lead to good places. */
function checkShape(markup: Markup): { blocks: number; inline: number } {
  const deepest = { blocks: 0, inline: 0 }
  const has = (value: object, ...keys: string[]) =>
    assert.deepEqual(Object.keys(value).sort(), ['t', ...keys].sort())
  const inline = (piece: Inline, depth: number): void => {
    deepest.inline = Math.max(deepest.inline, depth)
    if (typeof piece === 'string') assert.notEqual(piece, '')
    else if (piece.t === 'br') has(piece)
    else if (piece.t === 'code') has(piece, 'text')
    else if (piece.t === 'mention') {
      has(piece, 'id', 'name')
      assert.equal(people.get(piece.name), piece.id)
    } else if (piece.t === 'image') {
      has(piece, 'src', 'alt')
      assert.match(piece.src, /^https:\/\/pictures\.example\//)
    } else if (piece.t === 'link') {
      has(piece, 'href', 'c')
      const url = new URL(piece.href)
      assert.ok(['http:', 'https:', 'mailto:'].includes(url.protocol), piece.href)
      assert.equal(url.username + url.password, '')
      assert.equal(url.href, piece.href)
    } else {
      assert.ok(['em', 'strong', 'del'].includes(piece.t))
      has(piece, 'c')
    }
    if (typeof piece === 'object' && 'c' in piece) for (const inner of piece.c) inline(inner, depth + 1)
  }
  const block = (one: Block, depth: number): void => {
    deepest.blocks = Math.max(deepest.blocks, depth)
    if (one.t === 'p') {
      has(one, 'c')
      for (const piece of one.c) inline(piece, 1)
    } else if (one.t === 'pre') {
      has(one, 'lang', 'text')
      assert.match(one.lang, /^[\w+#.-]{0,32}$/)
    } else if (one.t === 'quote') {
      has(one, 'c')
      for (const inner of one.c) block(inner, depth + 1)
    } else {
      assert.equal(one.t, 'list')
      has(one, 'ordered', 'start', 'items')
      assert.ok(Number.isSafeInteger(one.start))
      for (const item of one.items) for (const inner of item) block(inner, depth + 1)
    }
  }
  for (const one of markup) block(one, 1)
  return deepest
}

const bits = [
  '*',
  '**',
  '_',
  '~~',
  '`',
  '```',
  '[',
  '](',
  ')',
  '![',
  '<',
  '>',
  '> ',
  '- ',
  '1. ',
  '\n',
  '\n\n',
  '    ',
  '\t',
  '\\',
  '&#x27;',
  '@',
  '@Ann',
  'https://a.example/',
  'javascript:',
  'mailto:',
  '"',
  '|',
  '#',
  '---',
  'word',
  '李',
  '👍🏽',
  '\u0301',
  '\u202e',
  ' ',
]
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 80 })
  .map((parts) => parts.join(''))

test('whatever comes in, nothing but the shapes of the contract comes out, nested no deeper than stated', () => {
  fc.assert(
    fc.property(hostile, (body) => {
      const { blocks, inline } = checkShape(parse(body).markup)
      assert.ok(blocks <= 14 && inline <= 18, `${blocks}, ${inline}`)
    }),
    { numRuns: 2_000 },
  )
})

test('every letter and digit survives, in its order', () => {
  const words = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
  // Destinations, numbers of lists and names of languages are no text: words alone here.
  const plain = bits.filter((bit) => !/[(1&]|https|mailto|javascript|```/.test(bit))
  const body = fc
    .array(fc.oneof(fc.constantFrom(...plain), fc.stringMatching(/^[a-zäß中]{1,4}$/)), { maxLength: 80 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(body, (text) => assert.equal(words(plainText(parseMarkup(text).markup)), words(text))),
    { numRuns: 2_000 },
  )
})

test('what nests without end is flattened, and loses no text', () => {
  for (const [body, text] of [
    [`${'> '.repeat(500)}deep`, 'deep'],
    [`${'- '.repeat(500)}deep`, 'deep'],
    [`${'> - '.repeat(500)}deep\n${'> - '.repeat(20)}low`, 'deep'],
    [`${'*a **b '.repeat(500)}deep${'** *'.repeat(500)}`, 'deep'],
    [`${'['.repeat(500)}deep${'](https://a.example/)'.repeat(500)}`, 'deep'],
    [`${'~~*'.repeat(2_000)}deep${'*~~'.repeat(2_000)}`, 'deep'],
  ] as const) {
    const { markup } = parse(body)
    const { blocks, inline } = checkShape(markup)
    assert.ok(blocks <= 14 && inline <= 18, `${blocks}, ${inline}: ${body.slice(0, 20)}`)
    assert.ok(plainText(markup).includes(text))
  }
})

test('none of the payloads that run in a browser becomes anything but text and good links', {
  skip: withoutCorpora,
}, () => {
  const payloads: string[] = ['xss/dompurify.json', 'xss/proven-live.json'].flatMap((file) =>
    (JSON.parse(corpusText(file)) as { payload: string }[]).map(({ payload }) => payload),
  )
  assert.ok(payloads.length > 100)
  for (const payload of payloads)
    for (const body of [
      payload,
      `[t](${payload})`,
      `[${payload}](https://a.example/)`,
      `![${payload}](${payload})`,
      `<${payload}>`,
      `@${payload}`,
    ])
      checkShape(parse(body).markup)
})

test('naughty strings stay what they are', { skip: withoutCorpora }, () => {
  for (const text of JSON.parse(corpusText('text/blns.json')) as string[]) checkShape(parse(text).markup)
})

/** The worst that was found; each takes time and space in proportion to its length. */
const FLOODS: Record<string, (length: number) => string> = {
  ...Object.fromEntries(
    [
      '>',
      '> ',
      '- ',
      '* a ',
      '-\n',
      '> - ',
      '> ```\nb\n',
      '>>>>>>>>>>>>a\nb\n',
      '> a\n- b\n',
      '- > a\nb\n',
      '>a\n>>b\n',
      '[',
      '![',
      '[a](',
      '[ (](',
      '[x](<http://a.b/',
      '`',
      '[`a`',
      '*',
      '_*',
      'a**bc* ',
      '~~~a',
      '<http:',
      'http://',
      'http://a.b/{[(a)]}',
      'http://[',
      'mailto:',
      ' @Ann',
      '[a]: b\n',
      '&amp;',
      '\\',
      '```\n',
      '* * * a',
      '\n',
      'a\n',
      '\u0301',
      '中',
    ].map((bit) => [bit, (length: number) => bit.repeat(Math.ceil(length / bit.length)).slice(0, length)]),
  ),
  'brackets around': (length) => `${'['.repeat(length / 2)}a${']'.repeat(length / 2)}`,
  'quotes, then lines without': (length) => `${'> '.repeat(18)}a\n${'b\n'.repeat(length / 2 - 19)}`,
  'runs of backticks that grow': (length) =>
    Array.from({ length: Math.sqrt(2 * length) }, (_, n) => `a${'`'.repeat(n)}`).join(''),
}

test('after some thousand paragraphs, items or quotes the rest is one paragraph, and no text is lost', () => {
  for (const bit of [
    '- a\n',
    '> a\n\n',
    'a\n\n',
    '1. a\n   - a\n\n',
    '> - a\n',
    '---\n',
    '~~~\na\n~~~\n',
    '- > a\nb\n',
  ]) {
    const body = bit.repeat(6_000)
    const { markup } = parse(body)
    checkShape(markup)
    const letters = (text: string) => text.replace(/[^ab]/g, '').length
    assert.equal(letters(plainText(markup)), letters(body), bit)
    assert.ok(JSON.stringify(markup).split(/"t":"(?:p|quote|list|pre)"/).length <= 5_100, bit)
  }
})

test('what comes out is no longer than thirty times what went in', () => {
  for (const [name, flood] of Object.entries(FLOODS)) {
    const body = flood(10_000)
    assert.ok(JSON.stringify(parse(body).markup).length <= 30 * body.length, name)
  }
})

test('twice the text takes about twice the time', {
  skip: process.env.CI ? 'the machine is shared' : false,
}, () => {
  const fastest = (body: string) =>
    Math.min(
      ...Array.from({ length: 4 }, () => {
        const began = performance.now()
        parse(body)
        return performance.now() - began
      }),
    )
  for (const [name, flood] of Object.entries(FLOODS)) {
    parse(flood(10_000))
    const [half, whole] = [fastest(flood(20_000)), fastest(flood(40_000))]
    // What takes little is not worth comparing on a machine that has other work; time by the square took seconds.
    assert.ok(
      whole < 100 || whole / half < 3.2,
      `${name}: ${half.toFixed(1)} ms, then ${whole.toFixed(1)} ms`,
    )
  }
})

test('as text alone, quotes and lists stay visible', () => {
  const { markup } = parse(
    '**Hi** @Ann, [see](https://a.example/)\nthere\n\n> - a\n> - b\n\n2. x\n3. y\n\n```\ncode\n```\n![alt](https://pictures.example/)',
  )
  assert.equal(plainText(markup), 'Hi @Ann, see\nthere\n\n> - a\n> - b\n\n2. x\n3. y\n\ncode\n\nalt')
})
