import type { Touch } from '../chains/rules.ts'
import type { Database } from '../db/schema.ts'

type Row = Database['conversion']

/** Who brought a conversion. It is known as one, or not, and then stays. */
export type Snapshot = Pick<Row, 'share_id' | 'path' | 'people' | 'rung' | 'touches'>

/** The snapshot of a conversion that nobody is known to have brought. */
export const BROUGHT_BY_NOBODY: Snapshot = {
  share_id: null,
  path: null,
  people: null,
  rung: null,
  touches: null,
}

/** The snapshot of a conversion that came through a share, the last of its touches. */
export const snapshotOf = (
  share: { id: string; path: string; people: string },
  rung: string,
  touches: readonly Touch[],
): Snapshot => ({
  share_id: share.id,
  path: share.path,
  people: share.people,
  rung,
  touches: JSON.stringify(touches),
})

/** The visits that led to a conversion, without its coupon, which is no visit. */
export const visitsOf = ({ touches, coupon }: Pick<Row, 'touches' | 'coupon'>): Touch[] =>
  (JSON.parse(touches ?? '[]') as Touch[]).slice(0, coupon === null ? undefined : -1)
