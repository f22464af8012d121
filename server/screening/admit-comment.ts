import type { Context } from 'hono'
import type { CommentSettings } from '../contract/screening.ts'
import { isDisposable } from '../disposable-mail.ts'
import { AppError } from '../errors.ts'
import type { Env } from '../http.ts'
import { clientAddress } from '../rate-limit.ts'
import { askHooks } from './ask-hooks.ts'
import { findNearlySame } from './find-alike.ts'
import { COMPARED_LENGTH, printOf, simhashOf } from './likeness.ts'
import { isFastNetwork, keepPace } from './pace.ts'
import { type CheckedProof, checkProof, newChallenge } from './proof.ts'
import { type Author, type Doubt, type Hits, STAFF_LEVEL, signsAgainst } from './rules.ts'
import { screenText } from './screen-text.ts'
import { speakerOf } from './speaker.ts'

export type { Doubt } from './rules.ts'

/** What somebody is about to say. */
export interface Attempt {
  settings: CommentSettings
  /** The person, if they are one already. */
  person: string | undefined
  body: string
  /** What of it is read, without what marks it: words may stand in pieces in `body`. */
  shown?: string
  /** Where its links lead. */
  links: readonly string[]
  name: string | undefined
  mail: string | undefined
  url: string
  proof: string | undefined
  /** It changes a comment that is there. */
  edited: boolean
  /** The code they say they arrived through, where no visit of theirs is known. */
  arrival?: string | undefined
}

/** What was found out before anything is written: about who speaks, what they say, and what hooks and the network say. */
export interface Admitted {
  author: Author
  /** They have never spoken here. */
  firstTime: boolean
  /** What is shown of them counts as approved. */
  counts: boolean
  hits: Hits
  doubts: Doubt[]
  /** Why they alone see it, if they are banned so. */
  shadow: Doubt | undefined
  print: string
  simhash: string
  /** In characters, as it is compared. */
  length: number
  /** A proof of work that came along, and what to solve if it was used before. */
  proof: (CheckedProof & { again: unknown }) | undefined
}

/**
 * Lets an attempt in, outside of any transaction: refuses it to whoever is banned (403), to whoever is too fast (429),
 * without a proof of work where one is wanted (428), and where a hook refuses (403).
 */
export async function admitComment(c: Context<Env>, attempt: Attempt): Promise<Admitted> {
  const { settings, body } = attempt
  if (body.length > settings.maxLength)
    throw new AppError('invalid', `is longer than ${settings.maxLength} characters`, { field: 'body' })
  const { author, firstTime, counts, shadow, ...speaker } = await speakerOf(c, attempt)
  if (author.guest && !settings.guests && !c.get('proved'))
    throw new AppError('forbidden', 'Sign in to comment here')
  const { text, hits } = screenText(attempt, attempt.name ?? speaker.name)
  const [print, simhash] = [printOf(text), simhashOf(text)]
  const doubts = [
    ...mailDoubts(attempt),
    ...(await likeDoubts(c, attempt, author, simhash, text.folded.length)),
  ]
  const passing = [...speaker.doubts, ...networkDoubts(c, settings)]
  const signs = signsAgainst(author, hits, [...doubts, ...passing], settings)
  const proof = await wantedProof(c, attempt, author, signs)
  keepPace(c, attempt.person ?? c.get('visitor'), settings.perMinute)
  // Where everybody's comment is shown at once, that many come at once is no reason to hold one.
  if (settings.policy !== 'open') doubts.push(...speaker.doubts)
  if (author.level < STAFF_LEVEL) doubts.push(...(await hookDoubts(c, attempt, author, speaker.name)))
  return {
    author,
    firstTime,
    counts,
    hits,
    doubts,
    shadow,
    print,
    simhash,
    length: text.folded.length,
    proof,
  }
}

function mailDoubts({ settings, mail }: Attempt): Doubt[] {
  if (mail === undefined || settings.disposableMail === 'visible' || !isDisposable(mail)) return []
  if (settings.disposableMail === 'refused')
    throw new AppError('forbidden', 'is a mailbox to be thrown away; use another', { field: 'mail' })
  return [{ reason: 'disposable_mail', detail: mail.split('@').at(-1) ?? '' }]
}

/** A line that quotes, in markdown. */
const QUOTE = /^ {0,3}>/m

async function likeDoubts(
  c: Context<Env>,
  { edited, person, body }: Attempt,
  { level }: Author,
  simhash: string,
  length: number,
): Promise<Doubt[]> {
  // Of those who are known, several may quote the same passage.
  if (length < COMPARED_LENGTH || (level >= 1 && QUOTE.test(body))) return []
  const { read } = c.get('deps')
  const but = edited ? person : undefined
  const near = await findNearlySame(read, c.get('site').id, { simhash, length, but })
  return near === undefined ? [] : [{ reason: 'near_duplicate', detail: near }]
}

const networkDoubts = (c: Context<Env>, { perMinute }: CommentSettings): Doubt[] =>
  isFastNetwork(c, perMinute) ? [{ reason: 'network', detail: '' }] : []

/** The proof of work that came along, checked; refuses the attempt (428) where one is wanted and is not there. */
async function wantedProof(
  c: Context<Env>,
  { settings, proof }: Attempt,
  { level, guest }: Author,
  signs: number,
): Promise<Admitted['proof']> {
  const { proofOfWork } = settings
  const wanted = proofOfWork !== 'never' && level < 1 && (signs > 0 || (guest && proofOfWork === 'guests'))
  if (!wanted || c.get('proved')) return undefined
  const [deps, site] = [c.get('deps'), c.get('site').id]
  const checked = proof === undefined ? undefined : await checkProof(deps, site, proof)
  const challenge = await newChallenge(deps, site, signs)
  if (checked) return { ...checked, again: challenge }
  const message =
    proof === undefined
      ? 'Some work has to be done first: solve the challenge and send it as proof'
      : 'The proof is not right, or too old: solve this challenge'
  throw new AppError('proof_required', message, { challenge })
}

/** What the owner's hooks have against it; refuses it (403) where one of them does. */
async function hookDoubts(
  c: Context<Env>,
  { settings, person, body, links, name, mail, url, edited }: Attempt,
  { guest }: Author,
  known: string | undefined,
): Promise<Doubt[]> {
  const [deps, site] = [c.get('deps'), c.get('site')]
  const found = await askHooks(deps, settings, {
    site: site.id,
    home: site.origins[0] ?? new URL(url).origin,
    url,
    body,
    links,
    name: name ?? known,
    mail,
    person,
    member: !guest,
    address: clientAddress(c, deps.config.trustProxy),
    userAgent: c.req.header('user-agent') ?? '',
    referrer: c.req.header('referer') ?? '',
    edited,
    at: deps.now(),
  })
  return found.flatMap((one) => {
    if (one.verdict === 'visible') return []
    if (one.verdict === 'held') return [one.doubt]
    const { reason, detail } = one.doubt
    const why =
      reason === 'hook' && detail ? `is not taken here: ${detail}` : 'is not taken here: it looks like spam'
    throw new AppError('forbidden', why, { field: 'body' })
  })
}
