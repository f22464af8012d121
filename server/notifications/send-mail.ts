import { permalink } from '../comments/html-thread.ts'
import { plainText } from '../comments/plain-text.ts'
import type { Markup } from '../contract/markup.ts'
import type { Deps } from '../deps.ts'
import { type Asking, enterLink, whoIsNow } from '../identity/confirm-mail.ts'
import type { Mail } from '../mail.ts'
import { confirmLetter, replyLetter } from './compose.ts'
import { linkTo, newToken, stopToken } from './mail-links.ts'
import { listenerTo, type Telling } from './tell-of-comment.ts'

/** Errand: a mail goes out. What it says, and whether it still should, is found out now. */
export async function sendMail(deps: Deps, site: string, body: unknown, id: string): Promise<void> {
  const told = body as Asking | Telling
  const mail = told.kind === 'confirm' ? await confirmation(deps, site, told) : await reply(deps, site, told)
  if (!mail) return
  try {
    await deps.mail.send({ ...mail, id })
  } catch (error) {
    // The mail server will never take it: to try again would only annoy it.
    const { responseCode } = error as { responseCode?: number }
    if (responseCode === undefined || responseCode < 500) throw error
    deps.log.warn('mail refused for good', { site, id, code: responseCode })
  }
}

async function confirmation(deps: Deps, site: string, asked: Asking): Promise<Mail | undefined> {
  const { read, write, config } = deps
  const person = await whoIsNow(read, site, asked.person)
  if (person.mail !== asked.mail || person.mail_confirmed === 1) return undefined
  const token = newToken(site)
  await write((work) => enterLink(work, site, token, asked))
  const link = linkTo(config.publicUrl, 'confirm', token)
  return { to: asked.mail, ...(await confirmLetter({ site: await siteName(deps, site), link })) }
}

async function reply(deps: Deps, site: string, told: Telling): Promise<Mail | undefined> {
  const { read, config, now, secret } = deps
  // Meanwhile it may have been taken back, or they may have had enough.
  if ((await listenerTo({ db: read, now }, site, told.comment)) !== told.person) return undefined
  const { mail } = await whoIsNow(read, site, told.person)
  const row = await read
    .selectFrom('comment')
    .innerJoin('page', (join) =>
      join.onRef('page.site_id', '=', 'comment.site_id').onRef('page.id', '=', 'comment.page_id'),
    )
    .select(['comment.markup', 'comment.person_id', 'page.url', 'page.title'])
    .where('comment.site_id', '=', site)
    .where('comment.id', '=', told.comment)
    .executeTakeFirst()
  if (!row || mail === null) return undefined
  const author = await whoIsNow(read, site, row.person_id)
  const token = stopToken(await secret(), { site, person: told.person }, mail)
  const stop = linkTo(config.publicUrl, 'stop', token)
  const letter = await replyLetter({
    site: await siteName(deps, site),
    page: row.title ?? row.url,
    name: author.name ?? '',
    said: plainText(JSON.parse(row.markup) as Markup),
    link: permalink(row.url, told.comment),
    stop,
  })
  return { to: mail, ...letter, unsubscribe: stop }
}

async function siteName({ read }: Deps, site: string): Promise<string> {
  const { name } = await read
    .selectFrom('site')
    .select('name')
    .where('site_id', '=', site)
    .executeTakeFirstOrThrow()
  return name
}
