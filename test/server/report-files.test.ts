import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import type { DividendReport, Timeseries } from '../../server/contract/reports.ts'
import { newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import { somebody } from '../support/somebody.ts'

onEveryDatabase('the figures of the dashboard as files', (bench) => {
  let site: TestSite
  before(async () => {
    site = await newSite(bench)
    const [alice, bob] = [somebody(bench, site), somebody(bench, site)]
    const { code } = await alice.share()
    await bob.visit(code)
    await bob.convert({ value: 4900, currency: 'EUR' })
    await bench.settle()
  })
  const file = async (path: string) => {
    const authorization = `Bearer ${site.secretKey}`
    const response = await bench.request(`/v1/reports/${path}`, { headers: { authorization } })
    return { name: response.headers.get('content-disposition'), text: await response.text() }
  }

  it('the dividend is one row with each factor now and before, or all of it as JSON', async () => {
    const csv = await file('dividend?format=csv')
    assert.equal(csv.name, 'attachment; filename="grapevine-dividend.csv"')
    const [names = '', values = '', ...none] = csv.text.split('\r\n')
    const cell = (name: string) => values.split(',')[names.split(',').indexOf(name)]
    assert.equal(cell('currency'), 'EUR')
    assert.equal(cell('now.value'), '4900')
    assert.equal(cell('interaction.now'), '4900')
    assert.deepEqual(none, [''])
    const json = await file('dividend?format=json')
    assert.equal(json.name, 'attachment; filename="grapevine-dividend.json"')
    const report = await serverOf(bench, site).get<DividendReport>('/v1/reports/dividend')
    assert.deepEqual(JSON.parse(json.text), report)
  })

  it('the course of time is a row a bucket', async () => {
    const { data } = await serverOf(bench, site).get<Timeseries>('/v1/reports/timeseries?interval=day')
    const { text } = await file('timeseries?interval=day&format=csv')
    const [names = '', ...rows] = text.trim().split('\r\n')
    assert.deepEqual(names.split(','), ['at', 'shares', 'visits', 'conversions', 'value_minor.EUR'])
    assert.deepEqual(
      rows.map((row) => row.split(',')[0]),
      data.map(({ at }) => at),
    )
    assert.equal(rows.filter((row) => row.endsWith(',1,1,1,4900')).length, 1)
  })
})
