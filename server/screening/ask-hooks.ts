import type { CommentSettings } from '../contract/screening.ts'
import type { Deps } from '../deps.ts'
import { OutboundError } from '../outbound.ts'
import { unseal } from '../seal.ts'
import { askAkismet } from './ask-akismet.ts'
import { askHook } from './ask-hook.ts'
import { sealedFor } from './change-settings.ts'
import { type Found, HookFault, type Told } from './hook-answer.ts'

/** Asks the hooks that the owner set, all at once; one that fails or takes too long is answered for by `hook.onFailure`. */
export async function askHooks(deps: Deps, { akismet, hook }: CommentSettings, told: Told): Promise<Found[]> {
  if (!akismet && !hook) return []
  const secret = await deps.secret()
  const opened = (sealed: string) => open(secret, told.site, sealed)
  const onFailure = hook?.onFailure ?? 'held'
  const asked = [
    akismet &&
      answerOf(deps, 'Akismet', onFailure, () => askAkismet(deps, akismet, opened(akismet.key), told)),
    hook && answerOf(deps, 'hook', onFailure, () => askHook(deps, hook, opened(hook.secret), told)),
  ]
  return Promise.all(asked.filter((one) => one !== null))
}

/** A key or secret as the owner gave it. */
function open(secret: string, site: string, sealed: string): string {
  if (sealed === '') return ''
  try {
    return unseal(secret, sealedFor(site), sealed)
  } catch {
    throw new HookFault('has a key that was sealed with another SECRET: set it anew')
  }
}

/** What a hook says, or what counts in place of it. */
async function answerOf(
  { log }: Deps,
  name: string,
  onFailure: 'visible' | 'held',
  ask: () => Promise<Found>,
): Promise<Found> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof OutboundError || error instanceof HookFault)) throw error
    log.warn('a hook failed', { hook: name, error: error.message })
    if (onFailure === 'visible') return { verdict: 'visible' }
    return { verdict: 'held', doubt: { reason: 'hook_failed', detail: `${name} ${error.message}` } }
  }
}
