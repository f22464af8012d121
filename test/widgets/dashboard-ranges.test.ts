import { expect } from '@open-wc/testing'
import { type Choice, choiceOfDays, daysOf, isDay, rangeOf } from '../../widgets/dashboard/ranges.ts'
import { formatRoute, parseRoute, type Route, signInToken } from '../../widgets/dashboard/route.ts'

const now = Date.parse('2026-11-22T09:41:30Z')
const HOUR = 3_600_000

describe('ranges of the dashboard', () => {
  const presets = [
    ['24h', '2026-11-21T10:00:00.000Z', 'hour'],
    ['7d', '2026-11-16T00:00:00.000Z', 'day'],
    ['30d', '2026-10-24T00:00:00.000Z', 'day'],
    ['90d', '2026-08-25T00:00:00.000Z', 'day'],
    ['12m', '2025-12-01T00:00:00.000Z', 'month'],
  ] as const
  for (const [preset, from, interval] of presets) {
    it(`${preset} begins on a whole bucket and ends with the running hour`, () => {
      expect(rangeOf({ preset }, now)).to.deep.equal({ from, to: '2026-11-22T10:00:00.000Z', interval })
    })
  }

  it('ends after the hour that has just begun', () => {
    const onTheHour = Date.parse('2026-11-22T10:00:00Z')
    expect(rangeOf({ preset: '24h' }, onTheHour).to).to.equal('2026-11-22T11:00:00.000Z')
  })

  it('goes back over the turn of the year', () => {
    expect(rangeOf({ preset: '12m' }, Date.parse('2026-01-31T12:00:00Z')).from).to.equal(
      '2025-02-01T00:00:00.000Z',
    )
  })

  const custom = [
    ['2026-11-20', '2026-11-20', 24, 'hour'],
    ['2026-11-20', '2026-11-22', 72, 'hour'],
    ['2026-11-20', '2026-11-23', 96, 'day'],
    ['2026-01-01', '2026-07-09', 190 * 24, 'day'],
    ['2026-01-01', '2026-07-10', 191 * 24, 'month'],
  ] as const
  for (const [first, last, hours, interval] of custom) {
    it(`${first} to ${last} has both days and buckets of one ${interval}`, () => {
      const range = rangeOf({ first, last }, now)
      expect(Date.parse(range.to) - Date.parse(range.from)).to.equal(hours * HOUR)
      expect(range.interval).to.equal(interval)
      expect(daysOf(range)).to.deep.equal({ first, last })
    })
  }

  it('takes two days in either order, and no day that does not exist', () => {
    expect(choiceOfDays('2026-02-03', '2026-02-01')).to.deep.equal({
      first: '2026-02-01',
      last: '2026-02-03',
    })
    expect(isDay('2028-02-29')).to.equal(true)
    for (const no of ['2026-02-29', '2026-13-01', '2026-1-1', '', 'today', '2026-01-01T00:00'])
      expect(choiceOfDays(no, '2026-01-01'), no).to.equal(undefined)
  })
})

describe('the address of the dashboard', () => {
  const routes: [string, Route][] = [
    ['#/overview', { view: 'overview', choice: { preset: '30d' }, options: {} }],
    [
      '#/people?range=7d&sort=shares',
      { view: 'people', choice: { preset: '7d' }, options: { sort: 'shares' } },
    ],
    [
      '#/pages?from=2026-01-01&to=2026-02-01',
      { view: 'pages', choice: { first: '2026-01-01', last: '2026-02-01' } as Choice, options: {} },
    ],
    [
      '#/cascades/a1B2c3V1StGXR8_Z?share=a1B2c3V1StGXR8_-',
      {
        view: 'cascades',
        code: 'a1B2c3V1StGXR8_Z',
        choice: { preset: '30d' },
        options: { share: 'a1B2c3V1StGXR8_-' },
      },
    ],
    [
      '#/people/-P7HFBC7BpnrJd12?range=90d',
      { view: 'people', code: '-P7HFBC7BpnrJd12', choice: { preset: '90d' }, options: {} },
    ],
    [
      '#/conversions?url=https%3A%2F%2Fshop.example%2F%3Fa%3D1&channel=my+own',
      {
        view: 'conversions',
        choice: { preset: '30d' },
        options: { url: 'https://shop.example/?a=1', channel: 'my own' },
      },
    ],
    [
      '#/rewards?state=review&person=p1',
      { view: 'rewards', choice: { preset: '30d' }, options: { state: 'review', person: 'p1' } },
    ],
  ]
  for (const [hash, route] of routes) {
    it(`says all that ${hash} shows, and nothing that is usual`, () => {
      expect(parseRoute(hash)).to.deep.equal(route)
      expect(formatRoute(route)).to.equal(hash)
    })
  }

  const nonsense = [
    '',
    '#',
    '#/',
    '#/nowhere',
    '#/overview?range=99y',
    '#/overview?from=x&to=y',
    '#/%E0%A4%A',
    '#/overview?sort=<b>',
    '#/overview?constructor=1&__proto__=2',
    '#/overview?halfLifeDays=400&alpha=-1',
    '#/overview?person=a/b',
  ]
  for (const hash of nonsense) {
    it(`shows the overview for “${hash}”`, () => {
      expect(parseRoute(hash)).to.deep.equal({ view: 'overview', choice: { preset: '30d' }, options: {} })
    })
  }

  it('finds a one-time token, and only there', () => {
    expect(signInToken('#sign-in=abc-_.~9')).to.equal('abc-_.~9')
    for (const none of [
      '',
      '#sign-in=',
      '#/overview?sign-in=abc',
      '#sign-in=a b',
      `#sign-in=${'a'.repeat(201)}`,
    ])
      expect(signInToken(none), none).to.equal(undefined)
  })
})
