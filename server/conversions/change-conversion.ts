import { shareRef } from '../chains/find-share.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { enqueue } from '../outbox.ts'
import { netValue } from './rules.ts'
import { updateConversion } from './store.ts'

type Row = Database['conversion']

/** Counts a conversion that was just entered, and has it settled: what programmes owe for it. */
export async function countFirst(work: Work, row: Row): Promise<void> {
  await count(work, row, 1)
  await enqueue(work, row.site_id, 'settle-conversion', { id: row.id })
}

/** Replaces a conversion by what is now known of it, counts the difference, and has it settled anew. */
export async function changeConversion(work: Work, known: Row, next: Row): Promise<void> {
  if (JSON.stringify(known) === JSON.stringify(next)) return
  await updateConversion(work.db, next)
  await count(work, known, -1)
  await count(work, next, 1)
  await enqueue(work, next.site_id, 'settle-conversion', { id: next.id })
}

async function count({ db, emit }: Work, row: Row, sign: 1 | -1): Promise<void> {
  const share = row.share_id === null ? null : await shareRef(db, row.site_id, row.share_id)
  const { currency, proved } = row
  const counted = { share, value: netValue(row), currency, proved: proved === 1 }
  emit({ type: 'conversion', site: row.site_id, at: row.at, sign, ...counted })
}
