import { type Consent, settings, siteId } from './settings.ts'

/** What may not or cannot be stored lives as long as the page does. */
export const memory = new Map<string, string>()
let decision: Consent | undefined

/** What every key of this site begins with in the browser's storage. */
export const prefix = (): string => `grapevine:${siteId()}:`

/** `localStorage`, or undefined where the browser refuses it (sandboxed frames, blocked site data). */
export function local(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}

/** Whether this visitor may be remembered: no Global Privacy Control, no Do Not Track, and consent where it is required. */
export function storageAllowed(): boolean {
  if (navigator.globalPrivacyControl || navigator.doNotTrack === '1' || decision === 'denied') return false
  decision ??= local()?.getItem(`${prefix()}consent`) ? 'granted' : undefined
  return settings().consent !== 'required' || decision === 'granted'
}

/** What was kept under `key`, or null. */
export function recall(key: string): string | null {
  return (storageAllowed() ? local()?.getItem(prefix() + key) : null) ?? memory.get(key) ?? null
}

/** What was kept under `key` as JSON. The page can write there too: what cannot be read was not there. */
export function recallList<T>(key: string): T[] {
  try {
    return JSON.parse(recall(key) ?? '[]')
  } catch {
    return []
  }
}

/** Keeps `value` under `key`: in the browser's storage where allowed and possible, else in memory. */
export function keep(key: string, value: string): void {
  try {
    if (storageAllowed()) {
      localStorage.setItem(prefix() + key, value)
      return
    }
  } catch {
    // refused, or full
  }
  memory.set(key, value)
}

/** Forgets what was kept under `key`. */
export function forget(key: string): void {
  memory.delete(key)
  local()?.removeItem(prefix() + key)
}

/** Takes the visitor's decision, which holds for this page. */
export const decide = (next: Consent): void => {
  decision = next
}

declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean
  }
}
