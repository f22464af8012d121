import { type Actor, touchedBy } from '../chains/arrivals.ts'
import { awaitCode } from '../chains/await-code.ts'
import { shareById } from '../chains/find-share.ts'
import type { Conversion } from '../contract/conversions.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { personByKey } from '../identity/find-person.ts'
import { markMail } from '../identity/marks.ts'
import { applyCoupon } from './apply-coupon.ts'
import { applyRefunds } from './apply-refunds.ts'
import { changeConversion, countFirst } from './change-conversion.ts'
import { mergeReports, rungOf, type Sign, writtenSigns } from './rules.ts'
import { BROUGHT_BY_NOBODY, snapshotOf } from './snapshot.ts'
import { conversionByOrder, insertConversion, updateConversion } from './store.ts'

type Row = Database['conversion']

/** Something of worth that somebody did, as a page claims or a server proves it. */
export interface Reported extends Actor {
  name: string
  value?: number | undefined
  currency?: string | undefined
  orderId?: string | undefined
  customerId?: string | undefined
  /** As typed; any text. */
  coupon?: string | undefined
  /** The hash of the buyer's mail address, proved. */
  mailHash?: string | undefined
  signs?: readonly Sign[]
  proved: boolean
  at: number
}

/** Records a conversion with the chain it came by. One order is one conversion, whoever reports it first. */
export async function recordConversion(work: Work, site: string, reported: Reported): Promise<Conversion> {
  const { db } = work
  const first = await asReported(work, site, reported, reported.at)
  const fresh = await insertConversion(db, first.row)
  const known = fresh ? undefined : ((await conversionByOrder(db, site, first.row.order_id as string)) as Row)
  // What somebody did between the order and a later report of it did not lead to it.
  const { row, awaited } =
    known && known.at !== reported.at ? await asReported(work, site, reported, known.at) : first

  const merged = known ? mergeReports(known, row) : row
  const { coupon, bought } = await applyCoupon(work, reported.coupon, merged, known, row)
  const recorded = await applyRefunds(work, bought, known)
  if (known) await changeConversion(work, known, recorded)
  else {
    if (recorded !== row) await updateConversion(db, recorded)
    await countFirst(work, recorded)
  }
  if (recorded.share_id === null && awaited)
    await awaitCode(work, site, awaited.code, { id: recorded.id, ...awaited })
  if (row.mail_hash !== null && recorded.buyer_id !== null)
    await markMail(work, site, recorded.buyer_id, row.mail_hash)
  return {
    id: recorded.id,
    name: recorded.name,
    orderId: recorded.order_id,
    outcome: !known ? 'recorded' : known.proved < recorded.proved ? 'proved' : 'again',
    proved: recorded.proved === 1,
    coupon,
  }
}

/** A report as a conversion of its own that happened at `at`, and the code it waits for, if it does. */
async function asReported({ db, newId }: Work, site: string, reported: Reported, at: number) {
  const { through, touches } = await touchedBy(db, site, reported, at)
  const rung = through ? rungOf(reported, through.rung) : ''
  const share = through && 'shareId' in through ? await shareById(db, site, through.shareId) : undefined
  const row: Row = {
    site_id: site,
    id: newId(),
    order_id: reported.orderId ?? null,
    name: reported.name,
    value: reported.value ?? null,
    currency: reported.currency ?? null,
    visitor: reported.visitor ?? null,
    proved: reported.proved ? 1 : 0,
    at,
    ...(share ? snapshotOf(share, rung, touches) : BROUGHT_BY_NOBODY),
    buyer_id: (reported.visitor && (await personByKey(db, site, reported.visitor))) ?? null,
    refunded: 0,
    voided: 0,
    coupon: null,
    mail_hash: reported.mailHash ?? null,
    signs: writtenSigns(reported.signs ?? []),
  }
  return { row, awaited: through && 'awaited' in through ? { code: through.awaited, rung } : undefined }
}
