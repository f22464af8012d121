import type { Comment, Level, Mine } from '../../server/contract/comments.ts'

/** What the id of a comment begins with that the server does not have yet. */
const PENDING = '~'

/** Whether a comment is still on its way to the server. */
export const isPending = ({ id }: Comment): boolean => id.startsWith(PENDING)

/** The comments that are known here, by id and in the order of their levels. */
export class CommentStore {
  readonly byId = new Map<string, Comment>()
  /** The comment above the first level that is shown; null where that is the top. */
  top: string | null = null
  /** Where the top level goes on. */
  next: string | null = null
  /** New ones at the top stand first. */
  newestFirst = true
  #levels = new Map<string | null, string[]>()
  #changed: () => void
  #posted: (comment: Comment) => void

  /** `changed` hears of every change, `posted` of each comment of one's own that the server took. */
  constructor(changed: () => void, posted: (comment: Comment) => void) {
    this.#changed = changed
    this.#posted = posted
  }

  /** The ids that stand right below a comment; at the top for null. */
  below(parent: string | null): readonly string[] {
    return this.#levels.get(parent) ?? []
  }

  /** Takes comments in: changes those that are known where they stand, adds the others at the end of their level. */
  upsert(comments: readonly Comment[]): void {
    for (const comment of comments) {
      const known = this.byId.get(comment.id)
      // How far its level was read is known better here.
      this.byId.set(comment.id, known ? { ...comment, next: known.next } : comment)
      if (!known) this.#levelOf(comment.parent).push(comment.id)
    }
    this.#changed()
  }

  /** Takes in a level that was read: each comment before its replies. */
  addLevel({ data, next }: Level, parent: string | null): void {
    for (const comment of data) {
      if (!this.byId.has(comment.id)) this.#levelOf(comment.parent).push(comment.id)
      this.byId.set(comment.id, comment)
    }
    const above = parent === null ? undefined : this.byId.get(parent)
    if (above) this.byId.set(above.id, { ...above, next })
    else if (parent === null) this.next = next
    this.#changed()
  }

  /** Adds comments that are new, where a reader looks for them: at the top first (unless oldest first), below last. */
  insertNew(comments: readonly Comment[]): void {
    for (const comment of comments) {
      const known = this.byId.has(comment.id)
      this.byId.set(comment.id, comment)
      if (known) continue
      const level = this.#levelOf(comment.parent)
      if (comment.parent === null && this.newestFirst) level.unshift(comment.id)
      else level.push(comment.id)
      const above = comment.parent === null ? undefined : this.byId.get(comment.parent)
      if (above)
        this.byId.set(above.id, { ...above, replies: Math.max(above.replies, this.below(above.id).length) })
    }
    this.#changed()
  }

  /** Adds what others do not see: one's own that is held, and what one may vouch for. */
  takeOwn(mine: Pick<Mine, 'own' | 'held'> | undefined): void {
    const seen = [...(mine?.own ?? []), ...(mine?.held ?? [])]
    this.insertNew(seen.filter(({ parent }) => parent === null || this.byId.has(parent)))
  }

  /** Shows a comment before the server has it; answers the id it has until then. */
  insertOptimistic(comment: Comment): string {
    const id = PENDING + crypto.randomUUID()
    this.insertNew([{ ...comment, id }])
    return id
  }

  /** Puts what the server made of it in its place. */
  replaceOptimistic(id: string, comment: Comment): void {
    const level = this.#levelOf(comment.parent)
    const at = level.indexOf(id)
    this.byId.delete(id)
    // It may have come by another way meanwhile.
    if (this.byId.has(comment.id)) level.splice(at, at < 0 ? 0 : 1)
    else if (at >= 0) level[at] = comment.id
    else level.push(comment.id)
    this.byId.set(comment.id, comment)
    this.#changed()
    this.#posted(comment)
  }

  /** Takes a comment away: it was not taken, or is gone and nothing stands below it. */
  remove(id: string): void {
    const gone = this.byId.get(id)
    if (!gone) return
    this.byId.delete(id)
    this.#levels.set(
      gone.parent,
      this.below(gone.parent).filter((other) => other !== id),
    )
    this.#changed()
  }

  /** Forgets all of them. */
  clear(): void {
    this.byId.clear()
    this.#levels.clear()
    this.next = null
  }

  #levelOf(parent: string | null): string[] {
    let level = this.#levels.get(parent)
    if (!level) {
      level = []
      this.#levels.set(parent, level)
    }
    return level
  }
}
