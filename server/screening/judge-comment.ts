import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Admitted, Attempt } from './admit-comment.ts'
import { findSame } from './find-alike.ts'
import { spendProof } from './proof.ts'
import { type Doubt, decide, STAFF_LEVEL } from './rules.ts'
import { countOutcome, enterNewcomer } from './store.ts'

/** What becomes of a comment, and why. */
export interface Judgement {
  state: 'visible' | 'held'
  /** Only its author sees it, and is not told. */
  shadow: boolean
  reasons: Doubt[]
  /** As what it counts in its author's standing by now. */
  counted: 'approved' | null
  /** By which the same text, and nearly the same, is known again. */
  print: string
  simhash: string
}

/** Who says it, and where it is to stand: `page` is the page's id, `parent` the comment it answers. */
export interface Placed {
  person: string
  page?: string | undefined
  parent?: string | null | undefined
}

/** For how long the same text is remembered, in ms. */
const SAME_MS = 24 * 60 * 60_000
/** Whoever says the same in the same place within this time has pressed the button twice, in ms. */
const TWICE_MS = 5 * 60_000
/** Shortest text that others may not have said, in characters: many say thanks. */
const OWN_WORDS_LENGTH = 20

/** Decides what becomes of an attempt, by the site's policy, its author's standing and its text; refuses it with 403 and the field. */
export async function judgeComment(
  work: Work,
  site: string,
  attempt: Attempt & Placed,
  admitted: Admitted,
): Promise<Judgement> {
  const { author, hits, proof, print, simhash, shadow, firstTime } = admitted
  if (proof && !(await spendProof(work, site, proof)))
    throw new AppError('proof_required', 'This proof was used before: solve this challenge', {
      challenge: proof.again,
    })
  const repeats = author.level < STAFF_LEVEL ? await findRepeats(work, site, attempt, admitted) : []
  const { verdict, reasons } = decide(attempt.settings, author, hits, [...repeats, ...admitted.doubts])
  if (verdict === 'refused')
    throw new AppError('forbidden', 'is not taken here: it has what this site does not allow', {
      field: 'body',
    })
  if (firstTime) await enterNewcomer(work, site, attempt.person)
  // What is shown of somebody who is known counts as approved until a moderator says otherwise.
  const counts = verdict === 'visible' && !shadow && !attempt.edited && admitted.counts
  if (counts) await countOutcome(work, site, attempt.person, 'approved', 1)
  return {
    state: verdict,
    shadow: shadow !== undefined,
    reasons: shadow ? [...reasons, shadow] : reasons,
    counted: counts ? 'approved' : null,
    print,
    simhash,
  }
}

/** Whether the same was said before; refuses it (409) to whoever has just said it in the same place. */
async function findRepeats(
  { db, now }: Work,
  site: string,
  { person, page, parent = null, edited }: Attempt & Placed,
  { print, length }: Admitted,
): Promise<Doubt[]> {
  const same = (await findSame(db, site, print, now() - SAME_MS)).filter(
    (one) => !(edited && one.person_id === person),
  )
  const twice = same.some(
    (one) =>
      one.person_id === person &&
      one.page_id === page &&
      one.parent_id === parent &&
      one.at > now() - TWICE_MS,
  )
  if (twice) throw new AppError('conflict', 'You have just said the same here', { field: 'body' })
  const [first] = same
  return first && length >= OWN_WORDS_LENGTH ? [{ reason: 'duplicate', detail: first.id }] : []
}
