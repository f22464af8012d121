import type { Kysely } from 'kysely'
import { shareByCode } from '../chains/find-share.ts'
import type { Invitation } from '../contract/referral.ts'
import { CODE_SHAPE } from '../contract/values.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { personByKey } from '../identity/find-person.ts'
import { invitingProgramme } from './programme.ts'
import { offerOf } from './rules.ts'
import { personOf } from './store.ts'

/** Who invites by a code, and to what. Nobody is invited by themselves. */
export async function readInvitation(
  db: Kysely<Database>,
  site: string,
  code: string,
  { visitor, now }: { visitor: string | undefined; now: number },
): Promise<Invitation> {
  const share = CODE_SHAPE.test(code) ? await shareByCode(db, site, code) : undefined
  const reader = visitor === undefined ? undefined : await personByKey(db, site, visitor)
  if (!share || share.revoked_at !== null || share.owner_id === reader)
    throw new AppError('not_found', 'No such invitation on this site')
  const [sharer, programme] = await Promise.all([
    personOf(db, site, share.owner_id),
    invitingProgramme(db, site, now),
  ])
  return {
    name: sharer?.name ?? null,
    programme: programme
      ? {
          name: programme.name,
          give: programme.rule.buyer && offerOf(programme.rule.buyer, programme.rule.currency),
        }
      : null,
  }
}
