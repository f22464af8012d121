import type { Work } from '../deps.ts'
import { whoIsNow } from '../identity/confirm-mail.ts'
import { enqueue } from '../outbox.ts'

/** That somebody is to hear of a comment: a job's body. */
export interface Telling {
  kind: 'reply'
  comment: string
  person: string
}

/** A comment has appeared: whoever is to hear of it is told, by a job of their own. */
export async function tellOfComment(work: Work, site: string, body: unknown): Promise<void> {
  const { comment } = body as { comment: string }
  const person = await listenerTo(work, site, comment)
  if (person) await enqueue(work, site, 'send-mail', { kind: 'reply', comment, person } satisfies Telling)
}

/** Who wrote what a comment answers, if they asked to hear of it: somebody else, who may still speak here. */
export async function listenerTo(
  { db, now }: Pick<Work, 'db' | 'now'>,
  site: string,
  comment: string,
): Promise<string | undefined> {
  const reply = await db
    .selectFrom('comment as reply')
    .innerJoin('comment as parent', (join) =>
      join.onRef('parent.site_id', '=', 'reply.site_id').onRef('parent.id', '=', 'reply.parent_id'),
    )
    .select(['reply.person_id as by', 'parent.person_id as to'])
    .where('reply.site_id', '=', site)
    .where('reply.id', '=', comment)
    .where('reply.state', '=', 'visible')
    .where('reply.shadow', '=', 0)
    .executeTakeFirst()
  if (!reply) return undefined
  const [by, to] = [await whoIsNow(db, site, reply.by), await whoIsNow(db, site, reply.to)]
  if (by.id === to.id || to.mail === null || to.mail_confirmed !== 1) return undefined
  const banned = await db
    .selectFrom('ban')
    .select('id')
    .where('site_id', '=', site)
    .where('person_id', '=', to.id)
    .where('lifted_at', 'is', null)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now())]))
    .executeTakeFirst()
  return banned ? undefined : to.id
}
