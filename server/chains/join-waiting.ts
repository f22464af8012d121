import { sql } from 'kysely'
import type { Channel } from '../contract/channels.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { DomainEvent } from '../events.ts'
import { enqueue } from '../outbox.ts'
import { type KnownShare, shareByCode } from './find-share.ts'
import { recordShare } from './record-share.ts'
import { countVisit } from './record-visit.ts'
import { takeWaiting } from './store.ts'

/** Rows joined in one transaction. */
const BATCH = 200

/** Job: what waited for a code is counted now that the code is registered, each as of when it happened. */
export async function joinWaiting(work: Work, site: string, body: unknown): Promise<void> {
  const { code } = body as { code: string }
  const share = await shareByCode(work.db, site, code)
  if (!share) return
  const rows = await takeWaiting(work.db, site, code, BATCH)
  for (const row of rows) {
    const events: DomainEvent[] = []
    await sql`savepoint joined`.execute(work.db)
    try {
      await join({ ...work, emit: (event) => events.push(event) }, site, share, row)
      events.forEach(work.emit)
    } catch (error) {
      // Its own code was taken meanwhile, say: that one is refused, as it would have been at first.
      if (!(error instanceof AppError)) throw error
      await sql`rollback to joined`.execute(work.db)
    }
    await sql`release joined`.execute(work.db)
  }
  if (rows.length === BATCH) await enqueue(work, site, 'join-waiting', { code })
}

async function join(work: Work, site: string, share: KnownShare, row: Database['waiting']): Promise<void> {
  const { visitor, at, page_id: pageId, code: arrival } = row
  if (row.kind === 'visit') {
    const { gesture = false, proved = false } = JSON.parse(row.body) as {
      gesture?: boolean
      proved?: boolean
    }
    await countVisit(work, site, share, { visitor, pageId, gesture, proved, at })
  } else if (row.kind === 'share') {
    const act = JSON.parse(row.body) as { url: string; channel: Channel; code: string }
    await recordShare(work, site, {
      ...act,
      url: new URL(act.url),
      visitor: visitor || undefined,
      arrival,
      at,
    })
  } else {
    await enqueue(work, site, 'attribute-conversion', JSON.parse(row.body))
  }
}
