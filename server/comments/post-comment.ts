import { broughtBy } from '../chains/brought-by.ts'
import type { Anchor, Comment } from '../contract/comments.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { authorsOf } from '../identity/authors.ts'
import { claimName } from '../identity/claim-name.ts'
import { askToConfirm } from '../identity/confirm-mail.ts'
import { personForAct } from '../identity/find-person.ts'
import { pageForUrl } from '../pages/find-page.ts'
import type { Admitted, Attempt } from '../screening/admit-comment.ts'
import { judgeComment } from '../screening/judge-comment.ts'
import { blankThread } from './change-thread.ts'
import { checkOpen } from './check-open.ts'
import type { Parsed } from './parse-markup.ts'
import { stands } from './rules.ts'
import { NOTHING, settle } from './settle.ts'
import { showOwn } from './show-comments.ts'
import { type CommentRow, commentById } from './store.ts'
import { enterComment, enterThread, holdThread } from './tree-store.ts'

/** What somebody says, and where. */
export interface Said {
  /** The hash of their token. */
  visitor: string
  url: URL
  pageId?: string | undefined
  title?: string | undefined
  /** The comment it answers. */
  parent?: string | undefined
  anchor?: Anchor | undefined
  /** The code they say they came through. */
  arrival?: string | undefined
  attempt: Attempt
  admitted: Admitted
  parsed: Parsed
}

/** Posts a comment; answers it as its author sees it. */
export async function postComment(work: Work, site: string, said: Said): Promise<Comment> {
  const { db, now, newId } = work
  const { visitor, attempt, parsed, anchor } = said
  const { settings, body } = attempt
  if (anchor && !settings.annotations)
    throw new AppError('forbidden', 'is not possible here: no passages are commented on', { field: 'anchor' })
  const page = await pageForUrl(work, site, said.url, said)
  const person = await personForAct(work, site, visitor, await broughtBy(work, site, visitor, said.arrival))
  await checkSpeaker(work, site, person, attempt)
  await enterThread(db, blankThread(site, page, settings.mode))
  const thread = await holdThread(db, site, page)
  await checkOpen(work, site, { thread, settings, person })
  const parent = said.parent === undefined ? null : await parentOf(work, site, page, said.parent, person)
  const placed = { person, page, parent: parent?.id ?? null }
  const judged = await judgeComment(work, site, { ...attempt, ...placed }, said.admitted)
  const id = newId()
  const seen = stands({ state: judged.state, shadow: Number(judged.shadow) })
  const row: CommentRow = {
    ...{ site_id: site, id, page_id: page, person_id: person },
    ...{
      parent_id: parent?.id ?? null,
      root_id: parent?.root_id ?? id,
      depth: parent ? parent.depth + 1 : 0,
    },
    ...{ body, markup: JSON.stringify(parsed.markup), anchor: anchor ? JSON.stringify(anchor) : null },
    ...{ state: judged.state, shadow: Number(judged.shadow), reasons: JSON.stringify(judged.reasons) },
    counted: judged.counted,
    ...{ print: judged.print, simhash: judged.simhash, shown: Number(seen), replies: 0, below: 0 },
    ...{ ups: 0, downs: 0, best: 0, reactions: '{}', reports: 0, pinned_at: null, accepted_id: null },
    ...{ status: null, status_note: null, at: now(), edited_at: null, decided_at: null },
    appeared_at: seen ? now() : null,
  }
  await enterComment(db, row)
  await enterMentions(work, site, id, parsed.mentions)
  await settle(work, site, row, NOTHING)
  if (attempt.mail !== undefined && row.state !== 'refused')
    await askToConfirm(work, site, person, attempt.mail)
  return showOwn(row, await authorsOf(db, site, [person]))
}

/** Lets a guest be called as they say; whoever speaks has a name. */
async function checkSpeaker(
  work: Work,
  site: string,
  person: string,
  { settings, name }: Attempt,
): Promise<void> {
  const known = await work.db
    .selectFrom('person')
    .select(['name', 'member_since'])
    .where('site_id', '=', site)
    .where('id', '=', person)
    .executeTakeFirstOrThrow()
  if (known.member_since === null && !settings.guests)
    throw new AppError('forbidden', 'Sign in to comment here')
  const changes = name !== undefined && name !== known.name
  if (changes && (known.name === null || known.member_since === null))
    await claimName(work, site, person, name)
  else if (known.name === null)
    throw new AppError('invalid', 'is missing: say what you want to be called', { field: 'name' })
}

/** The comment that is answered: one that stands on this page, or stands there for this author alone. */
async function parentOf(
  { db }: Work,
  site: string,
  page: string,
  id: string,
  person: string,
): Promise<CommentRow> {
  const parent = await commentById(db, site, id)
  const seen = parent && (stands(parent) || (parent.state === 'visible' && parent.person_id === person))
  if (!parent || (!seen && parent.shown === 0))
    throw new AppError('not_found', 'is no comment of this site', { field: 'parent' })
  if (!seen) throw new AppError('conflict', 'is gone: it cannot be answered any more', { field: 'parent' })
  if (parent.page_id !== page)
    throw new AppError('invalid', 'is a comment on another page', { field: 'parent' })
  return parent
}

/** Keeps whom a comment calls. */
export async function enterMentions(
  { db }: Work,
  site: string,
  comment: string,
  people: readonly string[],
): Promise<void> {
  if (people.length === 0) return
  await db
    .insertInto('comment_mention')
    .values(people.map((person_id) => ({ site_id: site, comment_id: comment, person_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
