import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import { post } from '../../server/rewards/ledger.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'
import { newSite, onEveryDatabase, pageOf, serverOf, type TestSite } from '../support/databases.ts'
import { liveAtRandom, nameSome } from '../support/random-life.ts'
import { readTable } from '../support/read-csv.ts'
import { ARTICLE, somebody } from '../support/somebody.ts'

const TABLES = ['people', 'pages', 'channels', 'conversions', 'cascades', 'attribution', 'funnel']
const FORMULA = /^[=+\-@\t\r\n]/

onEveryDatabase('every table', (bench) => {
  let site: TestSite
  before(async () => {
    site = await newSite(bench)
    await liveAtRandom(bench, site, 41, 120)
    await nameSome(bench, site)
  })
  const fetchAs = (of: TestSite, path: string) =>
    bench.request(`/v1/reports/${path}`, { headers: { authorization: `Bearer ${of.secretKey}` } })

  /** All rows of a list, page by page. */
  async function rowsOf(path: string): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = []
    for (let cursor: string | null | undefined = ''; cursor != null; ) {
      const more: string = cursor && `&cursor=${cursor}`
      const page = await serverOf(bench, site).get<{
        data: Record<string, unknown>[]
        next?: string | null
      }>(`/v1/reports/${path}?limit=7${more}`)
      rows.push(...page.data)
      cursor = page.next
    }
    return rows
  }

  it('is downloaded whole as JSON', async () => {
    for (const path of TABLES) {
      const response = await fetchAs(site, `${path}?format=json&limit=2`)
      assert.equal(
        response.headers.get('content-disposition'),
        `attachment; filename="grapevine-${path === 'funnel' ? 'funnel-by-page' : path}.json"`,
      )
      const { data, next } = (await response.json()) as { data: unknown[]; next?: null }
      const rows = await rowsOf(path)
      assert.ok(rows.length > 3, path)
      assert.deepEqual(data, rows, path)
      assert.equal(next ?? null, null)
    }
  })

  it('is downloaded whole as CSV, a line a row, that says the same', async () => {
    for (const path of TABLES) {
      const response = await fetchAs(site, `${path}?format=csv`)
      assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8')
      assert.match(response.headers.get('content-disposition') ?? '', /^attachment; filename="[\w-]+\.csv"$/)
      const bytes = new Uint8Array(await response.arrayBuffer())
      assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf], 'a byte order mark')
      const lines = readTable(new TextDecoder().decode(bytes))
      const rows = await rowsOf(path)
      assert.equal(lines.length, rows.length, path)
      for (const [index, row] of rows.entries()) {
        const line = lines[index] as Record<string, string>
        for (const [name, value] of Object.entries(row)) sameInLine(line, name, value)
      }
    }
  })

  /** Checks that a line of CSV says a value of JSON. */
  function sameInLine(line: Record<string, string>, name: string, value: unknown): void {
    if (value === null || (Array.isArray(value) && value.length === 0)) {
      for (const [column, cell] of Object.entries(line))
        if (column === name || column.startsWith(`${name}.`) || column.startsWith(`${name}_minor.`))
          assert.equal(cell, '', column)
    } else if (Array.isArray(value) && 'currency' in value[0]) {
      for (const { currency, amount } of value as { currency: string; amount: number }[])
        assert.equal(line[`${name}_minor.${currency}`], String(amount))
    } else if (Array.isArray(value)) assert.deepEqual(JSON.parse(line[name] as string), value)
    else if (typeof value === 'object')
      for (const [key, inner] of Object.entries(value))
        sameInLine(line, `${name}.${key === 'amount' && 'currency' in value ? 'amount_minor' : key}`, inner)
    else {
      const apostrophe = typeof value === 'string' && FORMULA.test(value) ? "'" : ''
      assert.equal(line[name], apostrophe + String(value), name)
    }
  }

  it('of rewards and of the books is downloaded the same way', async () => {
    const money = (amount: number) => ({ currency: 'EUR', amount })
    await bench.deps.write((work) =>
      post(work, site.id, 'a test', [
        { account: 'house', holder: '', ...money(-5) },
        { account: 'person', holder: '=1+1', ...money(5) },
      ]),
    )
    const lists = ['rewards', 'payouts', 'programmes', 'coupons', 'ledger', 'ledger/balances']
    for (const path of [...lists, 'reports/timeseries', 'reports/dividend']) {
      const headers = { authorization: `Bearer ${site.secretKey}` }
      for (const [format, type] of [
        ['csv', 'text/csv; charset=utf-8'],
        ['json', 'application/json'],
      ]) {
        const response = await bench.request(`/v1/${path}?format=${format}`, { headers })
        assert.equal(response.headers.get('content-type'), type, path)
        assert.match(response.headers.get('content-disposition') ?? '', /^attachment; filename="grapevine-/)
        if (format === 'csv' && path === 'ledger') {
          const lines = readTable(await response.text())
          assert.deepEqual(
            lines.map((line) => [line.account, line.holder, line['amount.amount_minor']]),
            [
              ['house', '', '-5'],
              ['person', "'=1+1", '5'],
            ],
          )
        }
      }
    }
  })

  it('is of the range and the filters asked for', async () => {
    const from = new Date(bench.clock.now - 5 * 24 * 60 * 60_000).toISOString()
    const asked = `conversions?from=${from}&channel=x`
    const { data } = await serverOf(bench, site).get<{ data: { id: string }[] }>(
      `/v1/reports/${asked}&limit=100`,
    )
    const lines = readTable(await (await fetchAs(site, `${asked}&format=csv`)).text())
    assert.ok(lines.length > 0)
    assert.deepEqual(
      lines.map(({ id }) => id?.replace(/^'/, '')),
      data.map(({ id }) => id),
    )
  })

  it('goes on after as many rows as are read at a time', async () => {
    const shop = await newSite(bench)
    await somebody(bench, shop).convert()
    const row = await bench.deps.read
      .selectFrom('conversion')
      .selectAll()
      .where('site_id', '=', shop.id)
      .executeTakeFirstOrThrow()
    const rows = Array.from({ length: 20_100 }, (_, index) => ({
      ...row,
      id: `copy-${String(index).padStart(11, '0')}`,
      order_id: String(index),
    }))
    await bench.deps.write(async ({ db }) => {
      for (let at = 0; at < rows.length; at += 500)
        await db
          .insertInto('conversion')
          .values(rows.slice(at, at + 500))
          .execute()
    })
    const response = await fetchAs(shop, 'conversions?format=csv')
    const lines = readTable(await response.text())
    assert.equal(new Set(lines.map(({ id }) => id)).size, 20_101)
    assert.equal(response.headers.get('next-cursor'), null)
  })

  it('is downloaded by a plain link with the owner’s cookie, and by nobody else', async () => {
    const session = await bench.request('/v1/owner/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: site.secretKey }),
    })
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
    assert.equal((await bench.request('/v1/reports/people?format=csv', { headers: { cookie } })).status, 200)
    for (const format of ['csv', 'json'])
      assert.equal((await bench.request(`/v1/reports/people?format=${format}`)).status, 401)
  })

  it('runs nothing in a spreadsheet, whatever people call things', { skip: withoutCorpora }, async () => {
    const shop = await newSite(bench)
    const texts = JSON.parse(corpusText('text/blns.json')) as string[]
    const attacks = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(1)',
      '\t=1',
      '\r=1',
      '=HYPERLINK("http://x","y")',
      '"=1',
      '\n=1',
    ]
    const named: string[] = []
    for (const [index, name] of [...attacks, ...texts].entries()) {
      const reported = { name, orderId: `${index} ${name}`.slice(0, 100) }
      const { ok } = await pageOf(bench, shop)('/v1/conversions', reported)
      if (ok) named.push(name.normalize('NFC'))
    }
    await somebody(bench, shop).share({ url: `${ARTICLE}/=1+1` })
    const lines = readTable(await (await fetchAs(shop, 'conversions?format=csv')).text())
    assert.equal(lines.length, named.length)
    assert.deepEqual(
      lines.map(({ name = '' }) => name).toSorted(),
      named.map((name) => (/^[=+\-@\t\r\n＝＋－＠]/.test(name) ? `'${name}` : name)).toSorted(),
    )
    for (const line of lines)
      for (const [column, cell] of Object.entries(line)) assert.doesNotMatch(cell, FORMULA, column)
  })
})
