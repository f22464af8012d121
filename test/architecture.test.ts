import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Import {
  from: string
  to: string
  typesOnly: boolean
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:([^'";]*?)\sfrom\s+)?'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name.replaceAll('\\', '/')))
    .filter((name) => /\.(ts|html)$/.test(name))
    .sort()

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

const importsOf = (file: string): Import[] =>
  [...textOf(file).matchAll(IMPORT)].map(([, type, names, plain, dynamic]) => ({
    from: file,
    to: join(dirname(file), plain ?? dynamic ?? ''),
    // All that is named is a type: `import type { A }`, `import { type A, type B }`.
    typesOnly:
      type !== undefined || (/^\{\s*type\s/.test(names ?? '') && !/,\s*(?!type\s)\w/.test(names ?? '')),
  }))

const server = filesOf('server')
const widgets = filesOf('widgets')
const imports = [...server, ...widgets].flatMap(importsOf)
const roomOf = (file: string): string => file.split('/').slice(1, -1)[0] ?? ''
const told = (list: Import[]) => list.map(({ from, to }) => `${from} → ${to}`)

/** The rooms that each room may import from, by their public face; what lies beside the rooms is open to all. */
const ROOMS: Record<string, string[]> = {
  contract: [],
  db: ['contract'],
  identity: ['contract', 'db'],
  'sign-in': ['contract', 'db', 'identity'],
  sites: ['contract', 'db'],
  pages: ['contract', 'db', 'identity'],
  chains: ['contract', 'db', 'identity', 'pages'],
  attribution: ['contract'],
  coupons: ['contract', 'db', 'identity', 'pages', 'chains'],
  conversions: ['contract', 'db', 'identity', 'chains', 'coupons', 'attribution'],
  rewards: ['contract', 'db', 'identity', 'pages', 'chains', 'attribution', 'conversions', 'coupons'],
  referral: ['contract', 'db', 'identity', 'pages', 'chains', 'coupons', 'rewards'],
  reports: ['contract', 'db', 'identity', 'pages', 'chains', 'attribution'],
  screening: ['contract', 'db', 'identity', 'chains'],
  comments: ['contract', 'db', 'identity', 'sign-in', 'pages', 'chains', 'screening'],
  moderation: ['contract', 'db', 'identity', 'sign-in', 'pages', 'chains', 'screening', 'comments'],
  notifications: ['contract', 'db', 'identity', 'pages', 'comments'],
  replay: ['contract'],
  commands: ['contract', 'sites', 'reports', 'replay', 'rewards'],
}

test('the tests see what they judge', () => {
  assert.ok(imports.length > 300)
  assert.ok(imports.some(({ to }) => to === 'server/contract/values.ts'))
  assert.ok(imports.some(({ typesOnly }) => typesOnly) && imports.some(({ typesOnly }) => !typesOnly))
  const seen = new Set([...server, ...widgets])
  assert.deepEqual(told(imports.filter(({ to }) => to.endsWith('.ts') && !seen.has(to))), [])
})

test('rooms import in one direction', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [room, other] = [roomOf(from), roomOf(to)]
    if (!from.startsWith('server/') || room === '' || other === '' || room === other) return false
    return !ROOMS[room]?.includes(other)
  })
  assert.deepEqual(told(wrong), [])
  assert.deepEqual(
    [...new Set(server.map(roomOf))].filter((room) => room !== '').sort(),
    Object.keys(ROOMS).sort(),
  )
})

test('the contract is a leaf', () => {
  const out = imports.filter(
    ({ from, to }) => roomOf(from) === 'contract' && dirname(to) !== 'server/contract',
  )
  assert.deepEqual(told(out), [])
})

test('the database room knows of the server no more than the shape of an event', () => {
  const out = imports.filter(({ from, to }) => roomOf(from) === 'db' && roomOf(to) !== 'db')
  assert.deepEqual([...new Set(out.map(({ to }) => to))], ['server/events.ts'])
})

test('rules are pure: they import contract, errors and constants', () => {
  const out = imports.filter(({ from, to }) => from.endsWith('/rules.ts') && roomOf(to) !== 'contract')
  const allowed = [
    'server/attribution/rules.ts → server/attribution/fractions.ts',
    'server/attribution/rules.ts → server/attribution/splits.ts',
    'server/attribution/rules.ts → server/attribution/touches.ts',
    'server/attribution/rules.ts → server/ids.ts',
    'server/chains/rules.ts → server/ids.ts',
    'server/conversions/rules.ts → server/db/schema.ts',
    'server/pages/rules.ts → server/errors.ts',
    'server/rewards/rules.ts → server/attribution/rules.ts',
    'server/rewards/rules.ts → server/rewards/detail.ts',
    'server/sites/rules.ts → server/errors.ts',
  ]
  assert.deepEqual(
    told(out).filter((line) => !allowed.includes(line)),
    [],
  )
  assert.ok(out.every(({ to, typesOnly }) => to !== 'server/db/schema.ts' || typesOnly))
})

test('a store is private to its room', () => {
  const out = imports.filter(({ from, to }) => to.endsWith('/store.ts') && dirname(from) !== dirname(to))
  assert.deepEqual(told(out), [])
})

test('only the composition root knows how dependencies are made; rooms know their shape', () => {
  const makers = ['server/deps.ts', 'server/main.ts', 'server/app.ts', 'server/config.ts']
  const wrong = imports.filter(({ from, to, typesOnly }) => {
    if (!makers.includes(to) || typesOnly) return false
    return roomOf(from) !== '' && roomOf(from) !== 'commands'
  })
  assert.deepEqual(told(wrong), [])
})

test('the ledger is only added to, and only by the file that keeps it', () => {
  const writes =
    /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*['"`]ledger\b|\b(?:insert into|update|delete from)\s+"?ledger\b/gi
  const found = server.flatMap((file) =>
    [...textOf(file).matchAll(writes)].map(([text]) => `${file}: ${text}`),
  )
  assert.deepEqual(found, ["server/rewards/ledger.ts: insertInto('ledger"])
})

test('the environment is read in one place', () => {
  const reads = [...server, ...widgets].filter((file) => textOf(file).includes('process.env'))
  assert.deepEqual(reads, ['server/main.ts'])
})

test('widgets know of the server no more than the contract, and load none of it but constants', () => {
  const wrong = imports
    .filter(({ from, to }) => from.startsWith('widgets/') && to.startsWith('server/'))
    .filter(({ to, typesOnly }) => {
      if (roomOf(to) !== 'contract') return true
      return !typesOnly && !/\/(channels|([a-z]+-)?(limits|models))\.ts$/.test(to)
    })
  assert.deepEqual(told(wrong), [])
  assert.deepEqual(
    told(imports.filter(({ from, to }) => from.startsWith('server/') && to.startsWith('widgets/'))),
    [],
  )
  for (const constants of [
    'server/contract/channels.ts',
    'server/contract/limits.ts',
    'server/contract/models.ts',
    'server/contract/comment-limits.ts',
    'server/contract/moderation-models.ts',
  ])
    assert.doesNotMatch(textOf(constants), /^import/m)
})

test('imports never run in a circle', () => {
  const values = new Map<string, string[]>()
  for (const { from, to, typesOnly } of imports)
    if (!typesOnly) values.set(from, [...(values.get(from) ?? []), to])
  const done = new Set<string>()
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) assert.fail([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file)) return
    for (const next of values.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of values.keys()) visit(file, [])
})

const product = [...server, ...widgets, ...filesOf('demo')].filter((file) => file.endsWith('.ts'))

test('files are small', () => {
  const lengths = product.map((file) => textOf(file).split('\n').length - 1).sort((a, b) => a - b)
  assert.deepEqual(
    product.filter((file) => textOf(file).split('\n').length > 400),
    [],
  )
  const at = (share: number) => lengths[Math.floor(lengths.length * share)] as number
  assert.ok(at(0.5) <= 100, `median ${at(0.5)}`)
  assert.ok(at(0.9) <= 250, `p90 ${at(0.9)}`)
})

test('files have names that say what is in them', () => {
  const vague = /(^|[-/.])(utils?|helpers?|managers?|common|misc|shared)([-/.]|$)/
  assert.deepEqual(
    product.filter((file) => vague.test(file)),
    [],
  )
})

test('code follows the rules of the house', () => {
  const forbidden: [RegExp, string[]][] = [
    [
      /\bunsafe(HTML|SVG|CSS|Static)\b|\binnerHTML\b|\bouterHTML\b|\binsertAdjacentHTML\b|\bstyleMap\b/,
      widgets,
    ],
    [/\sstyle=["'$]|<style\b|\bdocument\.write\b|\beval\(|\bnew Function\(/, widgets],
    // What `rollup.slim.mjs` leaves out of Lit.
    [
      /lit\/directives\/(ref|until|async-|cache)|\bcss`[^`]*\$\{|\b(converter|hasChanged|useDefault|noAccessor):|type: (Object|Array)\b/,
      widgets,
    ],
    [/\bTODO\b|\bFIXME\b|\bXXX\b/, product],
    [/[:<]\s*any\b(?!\w)|\bas any\b(?=[\s)\],;.]*$)|@ts-(ignore|nocheck)/m, product],
    [/^\s*@\w+\(.*\)\s*(declare|readonly|[a-z])|^(export )?(const )?enum\s/m, product],
  ]
  for (const [pattern, files] of forbidden)
    assert.deepEqual(
      files.filter((file) => pattern.test(textOf(file))),
      [],
      String(pattern),
    )
})
