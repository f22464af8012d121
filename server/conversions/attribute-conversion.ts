import { touchedBy } from '../chains/arrivals.ts'
import { shareByCode, shareById } from '../chains/find-share.ts'
import type { Work } from '../deps.ts'
import { changeConversion } from './change-conversion.ts'
import { snapshotOf } from './snapshot.ts'
import { conversionById } from './store.ts'

/** Job: a conversion gets the chain it came by, once the code it waited for is registered. */
export async function attributeConversion(work: Work, site: string, body: unknown): Promise<void> {
  const { id, code, rung } = body as { id: string; code: string; rung: string }
  const known = await conversionById(work.db, site, id)
  const through = await shareByCode(work.db, site, code)
  if (!known || known.share_id !== null || !through) return
  const share = await shareById(work.db, site, through.id)
  const { touches } = await touchedBy(work.db, site, { visitor: known.visitor ?? undefined }, known.at)
  // It is the last touch, also where the visit through it is nobody's.
  const last = [share.id, known.at] as const
  const all = touches.at(-1)?.[0] === share.id ? touches : [...touches, last]
  await changeConversion(work, known, { ...known, ...snapshotOf(share, rung, all) })
}
