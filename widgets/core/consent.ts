import { type Consent, settings } from './settings.ts'
import { decide, keep, local, memory, prefix } from './storage.ts'

/** Takes the visitor's decision: denied removes what was stored, granted stores what this page holds in memory. */
export function decideStorage(decision: Consent): void {
  decide(decision)
  if (decision === 'denied') {
    const stored = Object.keys(local() ?? {}).filter((key) => key.startsWith(prefix()))
    for (const key of stored) local()?.removeItem(key)
    return
  }
  if (settings().consent === 'required') memory.set('consent', decision)
  for (const [key, value] of [...memory]) {
    memory.delete(key)
    keep(key, value)
  }
}
