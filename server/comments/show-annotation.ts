import type { Kysely } from 'kysely'
import type { Annotation, AnnotationPage } from '../contract/annotations.ts'
import type { Anchor } from '../contract/comments.ts'
import type { Database } from '../db/schema.ts'
import { authorsOf, type Showing } from '../identity/authors.ts'
import { CONTEXT } from './annotation-rules.ts'
import { stands } from './rules.ts'
import { type CommentRow, commentById, urlOfPage } from './store.ts'

type Queries = Kysely<Database>

/** Annotations in one answer. */
const AT_ONCE = 100

/** Where annotations are had: this server, and the key that names the site. */
export interface Served {
  site: string
  publicUrl: string
  publishableKey: string
}

/** The address of an annotation: its id. */
export const annotationUrl = ({ publicUrl, publishableKey }: Served, id: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/v1/annotations/${id}?site=${publishableKey}`

/** One comment as an annotation; undefined where it does not stand. */
export async function readOneAnnotation(
  db: Queries,
  served: Served,
  id: string,
): Promise<Annotation | undefined> {
  const row = await commentById(db, served.site, id)
  if (!row || !stands(row)) return undefined
  const url = await urlOfPage(db, served.site, row.page_id)
  return toAnnotation(served, row, url, await authorsOf(db, served.site, [row.person_id]))
}

/** The comments on passages of a page, oldest first. */
export async function readAnnotations(
  db: Queries,
  served: Served,
  { page, collection, number }: { page: string | undefined; collection: string; number: number },
): Promise<AnnotationPage> {
  const of = (n: number) => `${collection}&page=${n}`
  const { rows, total } = page === undefined ? NONE : await anchored(db, served.site, page, number)
  const url = page === undefined ? '' : await urlOfPage(db, served.site, page)
  const authors = await authorsOf(
    db,
    served.site,
    rows.map(({ person_id }) => person_id),
  )
  const start = number * AT_ONCE
  return {
    '@context': CONTEXT,
    id: of(number),
    type: 'AnnotationPage',
    partOf: { id: collection, type: 'AnnotationCollection', total },
    startIndex: Math.min(start, total),
    ...(start + rows.length < total && rows.length > 0 ? { next: of(number + 1) } : {}),
    items: rows.map((row) => toAnnotation(served, row, url, authors)),
  }
}

const NONE: { rows: CommentRow[]; total: number } = { rows: [], total: 0 }

async function anchored(db: Queries, site: string, page: string, number: number): Promise<typeof NONE> {
  const standing = db
    .selectFrom('comment')
    .where('site_id', '=', site)
    .where('page_id', '=', page)
    .where('anchor', 'is not', null)
    .where('state', '=', 'visible')
    .where('shadow', '=', 0)
  const { total } = await standing
    .select(({ fn }) => fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await standing
    .selectAll()
    .orderBy('id')
    .offset(number * AT_ONCE)
    .limit(AT_ONCE)
    .execute()
  return { rows, total: Number(total) }
}

function toAnnotation(served: Served, row: CommentRow, url: string, authors: Showing): Annotation {
  const { id, name } = authors(row.person_id)
  const anchor = row.anchor === null ? undefined : (JSON.parse(row.anchor) as Anchor)
  return {
    '@context': CONTEXT,
    id: annotationUrl(served, row.id),
    type: 'Annotation',
    motivation: row.parent_id === null ? 'commenting' : 'replying',
    created: new Date(row.at).toISOString(),
    ...(row.edited_at === null ? {} : { modified: new Date(row.edited_at).toISOString() }),
    creator: { id: `urn:grapevine:person:${id}`, type: 'Person', name },
    body: { type: 'TextualBody', value: row.body, format: 'text/markdown' },
    target:
      row.parent_id !== null && !anchor
        ? annotationUrl(served, row.parent_id)
        : anchor
          ? { type: 'SpecificResource', source: url, selector: selectorsOf(anchor) }
          : url,
  }
}

function selectorsOf({ exact, prefix, suffix, start, end }: Anchor): object[] {
  const quote = {
    type: 'TextQuoteSelector',
    exact,
    ...(prefix ? { prefix } : {}),
    ...(suffix ? { suffix } : {}),
  }
  const position = { type: 'TextPositionSelector', start, end }
  return start === undefined || end === undefined ? [quote] : [quote, position]
}
