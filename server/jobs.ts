import { sweepWaiting } from './chains/jobs.ts'
import { joinWaiting } from './chains/join-waiting.ts'
import { joinThreads } from './comments/join-threads.ts'
import { attributeConversion } from './conversions/attribute-conversion.ts'
import type { Deps } from './deps.ts'
import { sweepKeys } from './idempotency.ts'
import { sweepTokens } from './identity/sessions.ts'
import { mailNotice, NOTICE_MAIL } from './moderation/notice-mail.ts'
import { sendMail } from './notifications/send-mail.ts'
import { tellOfComment } from './notifications/tell-of-comment.ts'
import { type Errand, type Handler, runNextJob } from './outbox.ts'
import { moveMore } from './pages/move-pages.ts'
import { approveDueReward } from './rewards/jobs.ts'
import { settleConversion } from './rewards/settle-conversion.ts'
import { sweepProofs } from './screening/jobs.ts'
import { sendCodeMail } from './sign-in/send-code.ts'
import { sweepSessions } from './sites/jobs.ts'

/** What each topic of the outbox does. */
export const HANDLERS: Record<string, Handler> = {
  'join-waiting': joinWaiting,
  'attribute-conversion': attributeConversion,
  'settle-conversion': settleConversion,
  'approve-reward': approveDueReward,
  'move-pages': moveMore,
  'join-threads': joinThreads,
  'comment-posted': tellOfComment,
}

/** What topics do outside of any transaction. */
export const ERRANDS: Record<string, Errand> = {
  'send-code': sendCodeMail,
  'send-mail': sendMail,
  [NOTICE_MAIL]: mailNotice,
}

/** How often the outbox is looked at, in ms. */
const POLL_MS = 250
/** How often what has expired is removed, in ms. */
const SWEEP_MS = 10 * 60_000

/** Runs background work until stopped; stopping waits for the job at hand. */
export function startJobs(deps: Deps): () => Promise<void> {
  let stopped = false
  let current: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout
  const turn = async () => {
    try {
      while (!stopped && (await runNextJob(deps, HANDLERS, ERRANDS)));
    } catch (error) {
      deps.log.error('jobs stalled', { error: String(error) })
    }
    if (!stopped) timer = setTimeout(next, POLL_MS)
  }
  const next = () => {
    current = turn()
  }
  next()
  const sweeper = setInterval(() => void sweep(deps), SWEEP_MS)
  return async () => {
    stopped = true
    clearTimeout(timer)
    clearInterval(sweeper)
    await current
  }
}

/** Removes what has expired. */
export async function sweep({ write, log }: Deps): Promise<void> {
  try {
    await write(async (work) => {
      await sweepWaiting(work)
      await sweepSessions(work)
      await sweepTokens(work)
      await sweepKeys(work)
      await sweepProofs(work)
    })
  } catch (error) {
    log.error('sweep failed', { error: String(error) })
  }
}
