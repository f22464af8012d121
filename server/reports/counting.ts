import type { Database } from '../db/schema.ts'
import type { DomainEvent, ShareRef } from '../events.ts'
import { dayStart, hourOf } from './ranges.ts'

type Rollup = Database['rollup']

const nothing = {
  shares: 0,
  visits: 0,
  conversions: 0,
  attributed: 0,
  proved: 0,
  amount: 0,
  interacted: 0,
  joined: 0,
  passed_on: 0,
}

/** Rows that count events; the one rule of what is counted where, for folding and for rebuilding. */
export class Counting {
  readonly rollups = new Map<string, Rollup>()
  readonly shareTotals = new Map<
    string,
    { site_id: string; share_id: string; visits: number; conversions: number }
  >()
  readonly cascades = new Map<
    string,
    { site_id: string; root_id: string; visits: number; conversions: number }
  >()

  add(event: DomainEvent): void {
    if (event.type === 'comment' || event.type === 'moderation') return
    const { site, at, share } = event
    if (event.type === 'share') {
      this.#roll(site, at, share, '', { shares: 1 })
      // Passing on is the last step of those who came through the share above.
      if (event.parent) this.#roll(site, at, event.parent, '', { passed_on: 1 })
    } else if (event.type === 'visit') {
      this.#roll(site, at, share, '', { visits: 1 })
      this.#total(site, event.share, 1, 0)
    } else if (event.type === 'gesture') this.#roll(site, at, share, '', { interacted: 1 })
    else if (event.type === 'birth') this.#roll(site, at, share, '', { joined: 1 })
    else {
      const { sign, value, currency, proved } = event
      this.#roll(site, at, share, '', {
        conversions: sign,
        attributed: share ? sign : 0,
        proved: proved ? sign : 0,
      })
      if (value !== null && currency !== null) {
        this.#roll(site, at, share, currency, { conversions: sign, amount: sign * value })
      }
      if (share) this.#total(site, share, 0, sign)
    }
  }

  #roll(
    site: string,
    at: number,
    share: ShareRef | null,
    currency: string,
    delta: Partial<typeof nothing>,
  ): void {
    const subjects = [
      ['site', ''],
      ...(share
        ? [
            ['page', share.page] as const,
            ['channel', share.channel] as const,
            ['person', share.person] as const,
          ]
        : []),
    ] as const
    for (const [kind, subject] of subjects) {
      for (const grain of ['hour', 'day'] as const) {
        const start = grain === 'hour' ? hourOf(at) : dayStart(at)
        const key = `${site} ${kind} ${grain} ${start} ${subject} ${currency}`
        const row = this.rollups.get(key) ?? {
          site_id: site,
          kind,
          grain,
          subject,
          at: start,
          currency,
          ...nothing,
        }
        for (const [name, change] of Object.entries(delta)) row[name as keyof typeof nothing] += change
        this.rollups.set(key, row)
      }
    }
  }

  #total(site: string, { id, root }: ShareRef, visits: number, conversions: number): void {
    const total = this.shareTotals.get(`${site} ${id}`) ?? {
      site_id: site,
      share_id: id,
      visits: 0,
      conversions: 0,
    }
    const cascade = this.cascades.get(`${site} ${root}`) ?? {
      site_id: site,
      root_id: root,
      visits: 0,
      conversions: 0,
    }
    for (const row of [total, cascade]) {
      row.visits += visits
      row.conversions += conversions
    }
    this.shareTotals.set(`${site} ${id}`, total)
    this.cascades.set(`${site} ${root}`, cascade)
  }
}

/** Rows in the order of their keys: transactions that touch the same rows then never wait in a circle. */
export const inOrder = <T>(rows: ReadonlyMap<string, T>): T[] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row)
