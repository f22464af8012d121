import { forget, keep, local, prefix, recall, storageAllowed } from '../core/storage.ts'
import type { CommentsHost, Where } from './host.ts'

/** What somebody has written and not sent. */
export interface Draft {
  body: string
  name: string
  mail: string
  /** The last attempt: what was sent under which idempotency key, so that a second try posts nothing twice. */
  sent?: { said: string; key: string }
  /** When it was last changed, in milliseconds since 1970. */
  at: number
}

const START = 'draft:'
/** Drafts that nobody comes back to are thrown away after 30 days. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000
/** A draft is kept this long (ms) after the last key. */
const PAUSE_MS = 250

const blank = (): Draft => ({ body: '', name: '', mail: '', at: 0 })

/** Keeps what is written in one place until the server has taken it: over reloads, failures and signing in. */
export class DraftKeeper {
  readonly draft: Draft
  #key: string
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor({ page, pageId }: Pick<CommentsHost, 'page' | 'pageId'>, { parent, edit }: Where) {
    this.#key = `${START}${pageId || page} ${edit ? `edit ${edit.id}` : (parent?.id ?? '')}`
    this.draft = { ...blank(), ...read(recall(this.#key)) }
    throwOldAway()
    addEventListener('pagehide', this.save)
  }

  /** Takes a change in, and keeps it a moment later. */
  change(change: Partial<Draft>): void {
    Object.assign(this.draft, change, { at: Date.now() })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.save, PAUSE_MS)
  }

  /** Keeps the draft now. */
  save = (): void => {
    clearTimeout(this.#timer)
    const { body, sent, at } = this.draft
    if (body || sent) keep(this.#key, JSON.stringify(this.draft))
    else if (at) forget(this.#key)
  }

  /** The server has it. */
  clear(): void {
    clearTimeout(this.#timer)
    const { name } = this.draft
    delete this.draft.sent
    Object.assign(this.draft, blank(), { name })
    forget(this.#key)
  }

  /** Nobody writes here any more; the draft stays. */
  close(): void {
    this.save()
    removeEventListener('pagehide', this.save)
  }
}

/** The page can write there too: what cannot be read was not there. */
function read(kept: string | null): Partial<Draft> {
  try {
    const draft = JSON.parse(kept ?? '{}') as Partial<Draft>
    return typeof draft?.body === 'string' && typeof draft.at === 'number' ? draft : {}
  } catch {
    return {}
  }
}

function throwOldAway(): void {
  if (!storageAllowed()) return
  const start = prefix() + START
  for (const [key, value] of Object.entries(local() ?? {}))
    if (key.startsWith(start) && Date.now() - (read(value).at ?? 0) > KEPT_MS)
      forget(key.slice(prefix().length))
}
