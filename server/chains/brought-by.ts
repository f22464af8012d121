import type { Work } from '../deps.ts'
import { arrivedThrough } from './arrivals.ts'

/**
 * The share that somebody had arrived through by now; null where they came by themselves, or nobody knows it yet.
 * `arrival` is the code they say they came through: it counts where no visit of theirs is known.
 */
export async function broughtBy(
  { db, now }: Work,
  site: string,
  visitor: string,
  arrival?: string,
): Promise<string | null> {
  const through = await arrivedThrough(db, site, { visitor, arrival }, now())
  return through && 'shareId' in through ? through.shareId : null
}
