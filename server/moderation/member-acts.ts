import type { Kysely } from 'kysely'
import { TRUSTED_LEVEL } from '../contract/moderation-models.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { whoTheyAre } from '../identity/selves.ts'
import { mayModerate, roleOfKey } from '../identity/staff.ts'
import { ROW_ID_LENGTH } from '../ids.ts'
import type { Doubt } from '../screening/admit-comment.ts'
import { activeBans } from '../screening/bans.ts'
import { trustOf } from '../screening/standing.ts'
import { vouchFor } from '../screening/vouch.ts'
import { actOnComment } from './act-on-comment.ts'
import { type CommentRow, holdComments, rolesOf } from './comment-store.ts'
import { lastOnState } from './decide-comments.ts'
import { canBeVouchedFor } from './rules.ts'
import { type StandingAct, standingActs } from './store.ts'
import { personActs } from './who-acts.ts'

type Queries = Kysely<Database>

/** A member whose word counts for what others wrote. */
interface Trusted {
  id: string
  role: string
}

/** The person of a token, if they are trusted so far that they may hold and vouch. */
export async function trustedMember(
  db: Queries,
  site: string,
  visitor: string,
  at: number,
): Promise<Trusted> {
  const person = await roleOfKey(db, site, visitor)
  const trust = person && (await trustOf(db, site, [person.id])).get(person.id)
  const banned = person && (await activeBans(db, site, [person.id], at)).has(person.id)
  if (!person || !trust || trust.level < TRUSTED_LEVEL || banned)
    throw new AppError('forbidden', 'Only trusted members may do this')
  return person
}

/** Holds a comment until a moderator has seen it. What a moderator has let stand, stands. */
export async function holdByMember(work: Work, site: string, member: Trusted, id: string): Promise<void> {
  const { row, acts } = await anothersComment(work, site, member, id)
  if (row.state === 'held') return
  if (row.state !== 'visible' || row.shadow === 1) throw noComment()
  if (mayModerate((await rolesOf(work.db, site, [row.person_id])).get(row.person_id) ?? 'member'))
    throw new AppError('forbidden', 'What those say who run the site is not for members to hold')
  if (lastOnState(acts) === 'approve') throw new AppError('conflict', 'A moderator has let this stand')
  const reason: Doubt = { reason: 'member_hold', detail: member.id }
  const who = personActs(member.role, member.id)
  await actOnComment(work, site, row, { who, act: 'member_hold', reason })
}

/** Lets a comment appear that is held only because nobody knows its author yet: the member answers for them from now on. */
export async function vouchForComment(work: Work, site: string, member: Trusted, id: string): Promise<void> {
  const { row, acts } = await anothersComment(work, site, member, id)
  if (row.state === 'visible' && row.shadow === 0) return
  if (row.state !== 'held') throw noComment()
  if (lastOnState(acts) !== undefined || !(await isForMembers(work, site, member, row)))
    throw new AppError('forbidden', 'This one is for a moderator to decide')
  const vouched = await vouchFor(work, site, row.person_id, member.id)
  await actOnComment(work, site, row, {
    ...{ who: personActs(member.role, member.id), act: 'vouch' },
    ...(vouched ? { vouched: member.id } : {}),
  })
}

const noComment = () => new AppError('not_found', 'There is no such comment')

async function anothersComment(
  { db }: Work,
  site: string,
  { id: member }: Trusted,
  id: string,
): Promise<{ row: CommentRow; acts: StandingAct[] }> {
  const row = (await holdComments(db, site, [id])).get(id) as CommentRow
  if (row.person_id === member) throw new AppError('forbidden', 'Others decide on what you wrote')
  return { row, acts: await standingActs(db, site, [id]) }
}

/** Whether a member's word is enough: nothing speaks against the comment, its author is not banned, nor whom they brought. */
async function isForMembers(
  { db, now }: Work,
  site: string,
  { id: member }: Trusted,
  { person_id: author, reasons, shadow }: CommentRow,
): Promise<boolean> {
  if (shadow === 1 || !canBeVouchedFor(JSON.parse(reasons) as Doubt[])) return false
  if ((await activeBans(db, site, [author], now())).has(author)) return false
  return !(await peopleAbove(db, site, author)).includes(member)
}

/** All who had a part in bringing somebody, or the guests they were: everybody on the way to them. */
async function peopleAbove(db: Queries, site: string, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person')
    .innerJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'person.site_id').onRef('share.id', '=', 'person.brought_by'),
    )
    .select('share.people')
    .where('person.site_id', '=', site)
    .where((where) => where.or([where('person.id', '=', person), where('person.merged_into', '=', person)]))
    .execute()
  const people = rows.flatMap((row) => row.people.match(new RegExp(`.{${ROW_ID_LENGTH}}`, 'g')) ?? [])
  const now = await whoTheyAre(db, site, people)
  return people.map(now)
}
