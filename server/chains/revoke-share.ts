import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personByKey } from '../identity/find-person.ts'
import { shareByCode } from './find-share.ts'
import { revokeCodes } from './store.ts'

/** Ends all codes of a share: its links still open the page, unattributed. The sharer or the site may do so. */
export async function revokeShare(
  { db, now }: Work,
  site: string,
  { code, visitor, proved }: { code: string; visitor: string | undefined; proved: boolean },
): Promise<void> {
  const share = await shareByCode(db, site, code)
  const own = share && visitor && (await personByKey(db, site, visitor)) === share.owner_id
  if (!share || !(proved || own)) throw new AppError('not_found', 'No such share of yours')
  await revokeCodes(db, site, share.id, now())
}
