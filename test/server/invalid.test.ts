import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NewConversion } from '../../server/contract/conversions.ts'
import { Rule } from '../../server/contract/programmes.ts'
import { invalid } from '../../server/invalid.ts'

const said = (schema: typeof NewConversion | typeof Rule, input: unknown): string => {
  const parsed = schema.safeParse(input)
  assert.ok(!parsed.success)
  const { field, message } = invalid(parsed.error.issues, 'json')
  return `${field} ${message}`
}

test('a refusal says in words what is wrong with which field', () => {
  const bought = { name: 'purchase' }
  const rule = { currency: 'EUR', pot: { fixed: 100 } }
  for (const [schema, input, words] of [
    [NewConversion, {}, 'name is missing'],
    [NewConversion, { name: 7 }, 'name is not a text'],
    [NewConversion, { name: '' }, 'name is empty'],
    [NewConversion, { name: 'x'.repeat(65) }, 'name is longer than 64 characters'],
    [NewConversion, { ...bought, value: 1.5, currency: 'EUR' }, 'value is not a whole number'],
    [NewConversion, { ...bought, value: -1, currency: 'EUR' }, 'value is less than 0'],
    [NewConversion, { ...bought, gesture: 'yes' }, 'gesture is not true or false'],
    [NewConversion, { ...bought, colour: 'red' }, 'colour is not a field we know'],
    [NewConversion, { ...bought, value: 1, currency: 'EURO' }, 'currency is not an ISO 4217 currency code'],
    [NewConversion, [], 'json is not an object'],
    [Rule, { ...rule, split: 'all' }, 'split is none of nearest, root, linear, halving, leibniz, blend'],
    [Rule, { ...rule, holdDays: 400 }, 'holdDays is more than 365'],
    [Rule, { ...rule, tiers: 'none' }, 'tiers is not a list'],
    [Rule, { ...rule, pot: { percent: 101 } }, 'pot.percent is more than 100'],
  ] as const)
    assert.equal(said(schema, input), words)
})
