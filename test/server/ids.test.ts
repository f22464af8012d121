import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newCode, newKey, newSiteId, ROW_ID_LENGTH, rowIds, siteOfKey } from '../../server/ids.ts'

const START = Date.UTC(2026, 10, 22)

test('row ids are unique and in order, whatever the clock does', () => {
  const clocks: Record<string, (index: number) => number> = {
    'that goes on': (index) => START + index,
    'that stands still': () => START,
    'that goes back': (index) => START - index,
    'that jumps to and fro': (index) => START + (index % 7) * 1000 - (index % 5) * 5000,
    'that is far ahead': () => Date.UTC(5000, 0),
  }
  for (const [title, clock] of Object.entries(clocks)) {
    let index = 0
    const newId = rowIds(() => clock(index++))
    let last = ''
    for (let i = 0; i < 100_000; i++) {
      const id = newId()
      if (!(id > last) || id.length !== ROW_ID_LENGTH) assert.fail(`${title}: ${id} after ${last}`)
      last = id
    }
  }
})

test('row ids of two makers at one moment differ, and those of a later one come after', () => {
  const make = (at: number) =>
    Array.from(
      { length: 1000 },
      rowIds(() => at),
    )
  const ids = [...make(START), ...make(START)]
  assert.equal(new Set(ids).size, ids.length)
  assert.ok((ids.sort().at(-1) ?? '') < (make(START + 1).sort()[0] ?? ''))
})

test('codes and keys name their site', () => {
  const site = newSiteId()
  assert.match(site, /^[0-9A-Za-z]{6}$/)
  assert.match(newCode(site), new RegExp(`^${site}[\\w-]{10}$`))
  assert.equal(siteOfKey('sk', newKey('sk', site, 32)), site)
  for (const text of [
    '',
    'sk_',
    'sk_short',
    newKey('pk', site, 16),
    `sk_${site}-_-_-_-_-_`,
    `sk_${'x'.repeat(65)}`,
  ])
    assert.equal(siteOfKey('sk', text), undefined, text)
})
