import { enterShare } from '../chains/enter-share.ts'
import { shareById } from '../chains/find-share.ts'
import type { PassedGift } from '../contract/coupons.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personForAct } from '../identity/find-person.ts'
import { newCode } from '../ids.ts'
import { withCode } from '../pages/rules.ts'
import { enterCode } from './create-coupon.ts'
import { stateOf } from './rules.ts'
import { noCoupon } from './show-coupon.ts'
import { couponByCode, voidPassed } from './store.ts'

type Gift = Database['coupon']

/** Passes a gift on: its code is void, and the next hands get a new one. Each hand-over is a hop of the gift's chain. */
export async function passGift(
  work: Work,
  site: string,
  { code, visitor }: { code: string; visitor: string },
): Promise<PassedGift> {
  const { db, now } = work
  const gift = await couponByCode(db, site, code)
  if (!gift) throw noCoupon()
  if (gift.gift === null) throw refused('is no gift: it works for whoever has it')
  const at = now()
  // Only one of two who pass the same code on at once gets to.
  if (!(await voidPassed(db, site, code, at))) throw await refusal(work, gift, at)
  const share = await handOver(work, gift, visitor, at)
  const next = await enterCode(work, undefined, (code) => ({
    ...gift,
    code,
    person_id: share.person_id,
    share_id: share.id,
    created_at: at,
  }))
  const page = new URL(share.url)
  page.hash = ''
  return {
    code: next,
    label: gift.label,
    link: `${withCode(page.href, share.code)}#gift=${next}`,
    expiresAt: gift.expires_at === null ? null : new Date(gift.expires_at).toISOString(),
  }
}

/** The share of whoever passes the gift on: below that of the hands they had it from, or the same when those were theirs. */
async function handOver(work: Work, gift: Gift, visitor: string, at: number): Promise<Database['share']> {
  const { site_id: site, share_id, person_id } = gift
  const person = await personForAct(work, site, visitor, share_id, at)
  const before = await shareById(work.db, site, share_id)
  if (person === person_id) return before
  const { url, page_id: pageId } = before
  const entering = {
    url: new URL(url),
    pageId,
    channel: 'coupon' as const,
    code: newCode(site),
    person,
    at,
  }
  return (await enterShare(work, site, entering, before)).share
}

const REFUSALS = {
  revoked: 'has been revoked',
  used: 'has been redeemed already',
  passed: 'has been passed on already: the newest code is with whoever has it now',
  expired: 'has expired',
} as const

async function refusal({ db }: Work, { site_id, code }: Gift, at: number): Promise<AppError> {
  const state = stateOf((await couponByCode(db, site_id, code)) as Gift, at)
  return refused(state === 'works' ? 'is being redeemed just now' : REFUSALS[state])
}

const refused = (why: string) => new AppError('conflict', why, { field: 'code' })
