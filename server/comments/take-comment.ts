import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Comment, NewComment } from '../contract/comments.ts'
import { AppError } from '../errors.ts'
import type { Env } from '../http.ts'
import { once, wasAnswered } from '../idempotency.ts'
import { personByKey } from '../identity/find-person.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { sharedUrl } from '../pages/rules.ts'
import { type Admitted, type Attempt, admitComment } from '../screening/admit-comment.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { type Parsed, parseMarkup } from './parse-markup.ts'
import { namesIn } from './people-of-thread.ts'
import { plainText } from './plain-text.ts'
import { postComment } from './post-comment.ts'
import { faultOf } from './rules.ts'
import { visitorOf } from './visitor.ts'

/** Takes a comment from whoever sends it: looks at it, lets it in, posts it once. `field` is where its text came from. */
export async function takeComment(
  c: Context<Env>,
  input: z.output<typeof NewComment>,
  field = 'body',
): Promise<Comment> {
  const visitor = visitorOf(c)
  const { id: site, origins } = c.get('site')
  const { read } = c.get('deps')
  const { body, proof, name, mail, arrival } = input
  const url = sharedUrl(input.url, origins)
  checkBody(body, field)
  const person = await personByKey(read, site, visitor)
  const page = await pageByUrl(read, site, url, input.pageId)
  const settings = await commentSettings(read, site)
  const parsed = await parse(c, page, body)
  const said = { body, shown: plainText(parsed.markup), links: parsed.links }
  const attempt = { ...{ settings, person, name, mail, url: url.href, proof }, ...said }
  const admitted = await admit(c, { ...attempt, edited: false, arrival })
  const { answer } = await once(c, { ...input, proof: undefined }, async (work) => {
    const post = { ...input, visitor, url, parsed, admitted: sureOf(admitted) }
    return {
      status: 201,
      answer: await postComment(work, site, { ...post, attempt: { ...attempt, edited: false, arrival } }),
    }
  })
  return answer
}

/** Lets an attempt in, unless its key was answered before: who repeats a request is not asked again. */
export const admit = async (c: Context<Env>, attempt: Attempt): Promise<Admitted | undefined> =>
  (await wasAnswered(c)) ? undefined : admitComment(c, attempt)

/** What was found out of an attempt; there is nothing only where the answer is repeated. */
export function sureOf(admitted: Admitted | undefined): Admitted {
  if (!admitted) throw new AppError('unavailable', 'Try again', { retryAfter: 1 })
  return admitted
}

/** A text as it would stand on a page. */
export async function parse(c: Context<Env>, page: string | undefined, body: string): Promise<Parsed> {
  const { read } = c.get('deps')
  const site = c.get('site').id
  const { imageHosts } = await commentSettings(read, site)
  return parseMarkup(body, { imageHosts, people: await namesIn(read, site, page, body) })
}

/** Refuses a text that nobody may say. */
export function checkBody(text: string, field = 'body'): void {
  const fault = faultOf(text)
  if (fault !== undefined) throw new AppError('invalid', fault, { field })
}
