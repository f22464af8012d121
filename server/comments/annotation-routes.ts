import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Annotation, AnnotationPage } from '../contract/annotations.ts'
import { NewComment, pageNamed } from '../contract/comments.ts'
import { Id } from '../contract/values.ts'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { createRouter, type Env, refusals } from '../http.ts'
import { invalid } from '../invalid.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { readAnnotation } from './annotation-rules.ts'
import { asReader } from './as-reader.ts'
import { annotationUrl, readAnnotations, readOneAnnotation, type Served } from './show-annotation.ts'
import { takeComment } from './take-comment.ts'

/** The media type of the Web Annotation Protocol (W3C Recommendation, §3). */
const LD = 'application/ld+json'
const TYPE = `${LD}; profile="http://www.w3.org/ns/anno.jsonld"`

const ld = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { [LD]: { schema } },
})
const site = z.string().max(64).optional().openapi({ description: 'The publishable key: pk_…' })
const reading = {
  tags: ['anyone'],
  middleware: [asReader, rateLimited({ perMinute: 300, burst: 100 })],
}

const getPage = createRoute({
  ...reading,
  method: 'get',
  path: '/v1/annotations',
  summary: 'The comments on passages of a page, as W3C Web Annotations',
  request: {
    query: z.object({ ...pageNamed, site, page: z.coerce.number().int().min(0).max(100_000).default(0) }),
  },
  responses: { 200: ld(AnnotationPage, 'A page of them, oldest first'), ...refusals },
})

const getOne = createRoute({
  ...reading,
  method: 'get',
  path: '/v1/annotations/{id}',
  summary: 'A comment as a W3C Web Annotation',
  request: { params: z.object({ id: Id }), query: z.object({ site }) },
  responses: { 200: ld(Annotation, 'The annotation'), ...refusals },
})

const postOne = createRoute({
  method: 'post',
  path: '/v1/annotations',
  tags: ['page'],
  summary: 'Comment on a passage by a W3C Web Annotation: one text about one page or a quotation of it',
  security: [{ publishableKey: [], token: [] }],
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 30 })] as const,
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: Annotation }, [LD]: { schema: Annotation } },
    },
  },
  responses: {
    201: ld(Annotation, 'The annotation as it was taken; `Location` names it'),
    202: { description: 'Taken; a moderator looks at it first' },
    ...refusals,
  },
})

const servedBy = (c: Context<Env>): Served => ({
  site: c.get('site').id,
  publicUrl: c.get('deps').config.publicUrl,
  publishableKey: c.get('site').publishableKey,
})

/** Comments on passages, as W3C Web Annotations. */
export const annotationRoutes = () =>
  createRouter()
    .openapi(getPage, async (c) => {
      const { read } = c.get('deps')
      const { id, origins } = c.get('site')
      const { url: given, pageId, page: number } = c.req.valid('query')
      const url = sharedUrl(given, origins)
      const served = servedBy(c)
      const collection = new URL('/v1/annotations', served.publicUrl)
      collection.searchParams.set('url', url.href)
      if (pageId !== undefined) collection.searchParams.set('pageId', pageId)
      collection.searchParams.set('site', served.publishableKey)
      const page = await pageByUrl(read, id, url, pageId)
      return answer(c, await readAnnotations(read, served, { page, collection: collection.href, number }))
    })
    .openapi(getOne, async (c) => {
      const found = await readOneAnnotation(c.get('deps').read, servedBy(c), c.req.valid('param').id)
      if (!found) throw new AppError('not_found', 'There is no such annotation')
      return answer(c, found)
    })
    .openapi(postOne, async (c) => {
      const { url, body, anchor, name } = readAnnotation(c.req.valid('json'))
      const said = NewComment.safeParse({ url, body, anchor, name })
      if (!said.success) throw invalid(said.error.issues, 'json')
      const { id } = await takeComment(c, said.data)
      const served = servedBy(c)
      c.header('location', annotationUrl(served, id))
      const found = await readOneAnnotation(c.get('deps').read, served, id)
      return found ? answer(c, found, 201) : c.body(null, 202)
    })

/** Sends an annotation, or a page of them, in the standard's own type. */
function answer<S extends 200 | 201 = 200>(c: Context<Env>, found: object, status = 200 as S) {
  c.header('vary', 'accept', { append: true })
  return c.body(JSON.stringify(found), status, { 'content-type': TYPE }) as never
}
