import type { Context } from 'hono'
import { arrivedThrough } from '../chains/arrivals.ts'
import type { Env } from '../http.ts'
import { activeBans, banOfArrival, hardest, refuseBanned } from './bans.ts'
import { type Author, countsAsApproved, type Doubt, STAFF_LEVEL, trustFrom } from './rules.ts'
import { standingOfArrival, standingsOf } from './store.ts'

/** Who is about to speak. */
export interface Speaker {
  author: Author
  name: string | undefined
  /** They have never spoken here. */
  firstTime: boolean
  /** What is shown of them counts as approved. */
  counts: boolean
  /** That they came in a burst. */
  doubts: Doubt[]
  /** Why they alone see what they say, if they are banned so. */
  shadow: Doubt | undefined
}

/** Looks up who is about to speak; refuses it to whoever is banned (403). */
export async function speakerOf(
  c: Context<Env>,
  { person, arrival }: { person: string | undefined; arrival?: string | undefined },
): Promise<Speaker> {
  const { read, now } = c.get('deps')
  const [site, at] = [c.get('site').id, now()]
  const known = person === undefined ? undefined : (await standingsOf(read, site, [person])).get(person)
  const visitor = c.get('visitor')
  // What a member clicks on says nothing of who they are.
  const through = known?.member ? undefined : await arrivedThrough(read, site, { visitor, arrival }, at)
  const share = through && 'shareId' in through ? through.shareId : undefined
  const standing = known ?? (await standingOfArrival(read, site, share, at))
  const { level, reasons } = trustFrom(standing)
  const ban =
    level >= STAFF_LEVEL
      ? undefined
      : hardest([
          person === undefined ? undefined : (await activeBans(read, site, [person], at)).get(person),
          share === undefined ? undefined : await banOfArrival(read, site, share, at),
        ])
  refuseBanned(ban)
  return {
    author: { level, guest: !standing.member && level < STAFF_LEVEL },
    name: standing.name ?? undefined,
    firstTime: standing.firstAt === null,
    counts: countsAsApproved(standing, standing.firstAt, at),
    doubts: reasons.flatMap(({ reason, detail }) => (reason === 'burst' ? [{ reason, detail }] : [])),
    shadow: ban && { reason: ban.subtree ? 'subtree' : 'shadow', detail: ban.id },
  }
}
