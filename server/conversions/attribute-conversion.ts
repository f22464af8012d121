import { shareByCode, shareById } from '../chains/find-share.ts'
import type { Work } from '../deps.ts'
import { changeConversion } from './record-conversion.ts'
import { conversionById } from './store.ts'

/** Job: a conversion gets the chain it came by, once the code it waited for is registered. */
export async function attributeConversion(work: Work, site: string, body: unknown): Promise<void> {
  const { id, code, rung } = body as { id: string; code: string; rung: string }
  const known = await conversionById(work.db, site, id)
  const through = await shareByCode(work.db, site, code)
  if (!known || known.share_id !== null || !through) return
  const share = await shareById(work.db, site, through.id)
  await changeConversion(work, known, { ...known, share_id: share.id, path: share.path, rung })
}
