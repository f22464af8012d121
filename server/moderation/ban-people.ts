import { shareByCode } from '../chains/find-share.ts'
import type { NewBan } from '../contract/moderation.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { whoTheyAre } from '../identity/selves.ts'
import { outranks } from '../identity/staff.ts'
import { ban, liftBan } from '../screening/bans.ts'
import { bansNamed, sameBan } from './ban-store.ts'
import { rolesOf } from './comment-store.ts'
import { recordAct } from './record-act.ts'
import type { Actor } from './rules.ts'

/** Bans a person, or all who came through a share or what came of it; answers the ban's id. Banned so already, nothing changes. */
export async function banPeople(
  work: Work,
  site: string,
  actor: Actor,
  { kind, person, subtree, until, note = '' }: NewBan,
): Promise<string> {
  const whom = {
    kind,
    person: person === undefined ? null : await personToBan(work, site, actor, person),
    share: subtree === undefined ? null : await rootOf(work, site, subtree),
    until: until === undefined ? null : timeAhead(until, work.now()),
  }
  const same = await sameBan(work.db, site, whom)
  if (same) return same.id
  const id = await ban(work, site, { ...whom, note, who: actor.who })
  await recordAct(work, site, { who: actor.who, act: 'ban', note, subject: { kind: 'ban', id }, before: {} })
  return id
}

/** Lets those speak again whom a ban kept from it. */
export async function liftOneBan(work: Work, site: string, { who }: Actor, id: string): Promise<void> {
  const [known] = await bansNamed(work.db, site, [id])
  if (known && known.lifted_at !== null) return
  await liftBan(work, site, id)
  await recordAct(work, site, { who, act: 'lift', subject: { kind: 'ban', id }, before: {} })
}

async function personToBan({ db }: Work, site: string, actor: Actor, asked: string): Promise<string> {
  const person = (await whoTheyAre(db, site, [asked]))(asked)
  const role = (await rolesOf(db, site, [person])).get(person)
  if (role === undefined) throw new AppError('not_found', 'is no person of this site', { field: 'person' })
  if (person === actor.person) throw new AppError('forbidden', 'is yourself', { field: 'person' })
  if (!outranks(actor.role, role))
    throw new AppError('forbidden', `is ${role} here: only whose role is lower can be banned`, {
      field: 'person',
    })
  return person
}

async function rootOf({ db }: Work, site: string, code: string): Promise<string> {
  const share = await shareByCode(db, site, code)
  if (!share) throw new AppError('not_found', 'is no share of this site', { field: 'subtree' })
  return share.id
}

function timeAhead(text: string, now: number): number {
  const time = Date.parse(text)
  if (time <= now) throw new AppError('invalid', 'is over already', { field: 'until' })
  return time
}
