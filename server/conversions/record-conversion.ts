import { type Actor, arrivedThrough } from '../chains/arrivals.ts'
import { awaitCode } from '../chains/await-code.ts'
import { shareById } from '../chains/find-share.ts'
import type { Conversion } from '../contract/conversions.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { mergeReports, rungOf } from './rules.ts'
import { conversionByOrder, insertConversion, updateConversion } from './store.ts'

type Row = Database['conversion']

/** Something of worth that somebody did, as a page claims or a server proves it. */
export interface Reported extends Actor {
  name: string
  value?: number | undefined
  currency?: string | undefined
  orderId?: string | undefined
  customerId?: string | undefined
  proved: boolean
  at: number
}

/** Records a conversion with the chain it came by. One order is one conversion, whoever reports it first. */
export async function recordConversion(work: Work, site: string, reported: Reported): Promise<Conversion> {
  const { db } = work
  const through = await arrivedThrough(db, site, reported, reported.at)
  const share = through && 'shareId' in through ? await shareById(db, site, through.shareId) : undefined
  const row: Row = {
    site_id: site,
    id: work.newId(),
    order_id: reported.orderId ?? null,
    name: reported.name,
    value: reported.value ?? null,
    currency: reported.currency ?? null,
    visitor: reported.visitor ?? null,
    share_id: share?.id ?? null,
    path: share?.path ?? null,
    rung: share && through ? rungOf(reported, through.rung) : null,
    proved: reported.proved ? 1 : 0,
    at: reported.at,
    people: share?.people ?? null,
    buyer_id: null,
    touches: null,
    refunded: 0,
    voided: 0,
    coupon: null,
    mail_hash: null,
    signs: null,
  }
  const fresh = await insertConversion(db, row)
  const known = fresh ? undefined : await conversionByOrder(db, site, row.order_id as string)
  const recorded = known ? mergeReports(known, row) : row
  if (known) await changeConversion(work, known, recorded)
  else await count(work, row, 1)
  if (recorded.share_id === null && through && 'awaited' in through) {
    await awaitCode(work, site, through.awaited, {
      id: recorded.id,
      code: through.awaited,
      rung: rungOf(reported, through.rung),
    })
  }
  return {
    id: recorded.id,
    name: recorded.name,
    orderId: recorded.order_id,
    outcome: !known ? 'recorded' : known.proved < recorded.proved ? 'proved' : 'again',
    proved: recorded.proved === 1,
    coupon: null,
  }
}

/** Replaces a conversion by what is now known of it, and counts the difference. */
export async function changeConversion(work: Work, known: Row, next: Row): Promise<void> {
  if (JSON.stringify(known) === JSON.stringify(next)) return
  await updateConversion(work.db, next)
  await count(work, known, -1)
  await count(work, next, 1)
}

async function count({ db, emit }: Work, row: Row, sign: 1 | -1): Promise<void> {
  const share = row.share_id === null ? null : await shareById(db, row.site_id, row.share_id)
  emit({
    type: 'conversion',
    site: row.site_id,
    at: row.at,
    sign,
    share: share && {
      id: share.id,
      root: share.root_id,
      page: share.page_id,
      channel: share.channel,
      person: share.person_id,
    },
    value: row.value,
    currency: row.currency,
    proved: row.proved === 1,
  })
}
