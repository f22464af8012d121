import { QUOTE_CONTEXT, QUOTE_LENGTH } from '../contract/comment-limits.ts'
import { AppError } from '../errors.ts'

/** The JSON-LD context of the Web Annotation Data Model (W3C Recommendation, 2017-02-23). */
export const CONTEXT = 'http://www.w3.org/ns/anno.jsonld'

/** A comment, and the passage it is about, as an annotation says them. */
export interface Annotated {
  url: string
  body: string
  anchor: { exact: string; prefix: string; suffix: string; start?: number; end?: number } | undefined
  /** What its creator is called. */
  name: string | undefined
}

type Thing = Record<string, unknown>

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]
const isUri = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z][a-z\d+.-]*:\S+$/i.test(value)
const isTime = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value))

const wrong = (field: string, message: string): never => {
  throw new AppError('invalid', message, { field })
}

/** Reads an annotation: one text about one page, or a passage of it. What is no annotation is refused with its field. */
export function readAnnotation(annotation: Thing): Annotated {
  checkNames(annotation)
  const { url, anchor } = readTarget(annotation.target)
  return { url, anchor, body: readBody(annotation), name: nameOf(annotation.creator) }
}

function checkNames(annotation: Thing): void {
  const { '@context': context, id, type } = annotation
  if (
    !listOf(context).some(
      (one) => typeof one === 'string' && /^https?:\/\/www\.w3\.org\/ns\/anno\.jsonld$/.test(one),
    )
  )
    wrong('@context', `does not name ${CONTEXT}`)
  if (id !== undefined && !isUri(id)) wrong('id', 'is not one URI')
  if (!listOf(type).includes('Annotation')) wrong('type', 'is not Annotation')
  for (const field of ['created', 'modified', 'generated'])
    if (annotation[field] !== undefined && !isTime(annotation[field])) wrong(field, 'is not one time')
  for (const field of ['creator', 'generator'])
    for (const agent of listOf(annotation[field]))
      if (!isUri(agent) && !isThing(agent)) wrong(field, 'is neither a URI nor an object')
  for (const field of ['rights', 'via', 'canonical'])
    for (const uri of listOf(annotation[field])) if (!isUri(uri)) wrong(field, 'is not a URI')
}

const nameOf = (creator: unknown): string | undefined =>
  listOf(creator)
    .map((agent) => (isThing(agent) ? listOf(agent.name)[0] : undefined))
    .find((name) => typeof name === 'string')

/** How deep choices and lists of bodies, and refinements of selectors, are followed. */
const DEEPEST = 8

function readBody({ body, bodyValue }: Thing): string {
  if (body !== undefined && bodyValue !== undefined) wrong('bodyValue', 'stands beside a body: only one may')
  if (bodyValue !== undefined && typeof bodyValue !== 'string') wrong('bodyValue', 'is not one text')
  const said =
    bodyValue !== undefined ? [bodyValue as string] : listOf(body).flatMap((one) => textsOf(one, 0))
  if (said.length === 0) wrong('body', 'is missing: a comment says something')
  return said.join('\n\n')
}

const FORMATS = ['text/plain', 'text/markdown']

/** What a body says; where it is a document elsewhere, the address of that. */
function textsOf(body: unknown, depth: number): string[] {
  if (typeof body === 'string')
    return isUri(body) ? [body] : wrong('body', 'is not a URI: put a text into a TextualBody')
  if (!isThing(body) || depth > DEEPEST) return wrong('body', 'is no body')
  const { type, value, items, source, id, format, textDirection, processingLanguage } = body
  if (textDirection !== undefined && !['ltr', 'rtl', 'auto'].includes(textDirection as string))
    wrong('body.textDirection', 'is not ltr, rtl or auto')
  if (processingLanguage !== undefined && typeof processingLanguage !== 'string')
    wrong('body.processingLanguage', 'is not one language')
  if (listOf(format).some((one) => typeof one !== 'string')) wrong('body.format', 'is not a media type')
  const kinds = listOf(type)
  if (items !== undefined) {
    const gathered = kinds.filter((kind) =>
      ['Choice', 'Composite', 'List', 'Independents'].includes(kind as string),
    )
    if (gathered.length !== 1) wrong('body.type', 'does not say what its items are to each other')
    return listOf(items).flatMap((item) => textsOf(item, depth + 1))
  }
  if (kinds.includes('TextualBody') || value !== undefined) {
    if (typeof value !== 'string') return wrong('body.value', 'is not one text')
    const formats = listOf(format)
    if (formats.length > 0 && !formats.some((one) => FORMATS.includes(one as string)))
      wrong('body.format', `is neither ${FORMATS.join(' nor ')}`)
    return [value]
  }
  if (source !== undefined) return textsOf(isThing(source) ? source.id : source, depth + 1)
  return isUri(id) ? [id] : wrong('body.id', 'is not a URI')
}

function readTarget(target: unknown): Pick<Annotated, 'url' | 'anchor'> {
  const [one, ...others] = listOf(target)
  if (one === undefined) wrong('target', 'is missing')
  if (others.length > 0) wrong('target', 'is more than one page')
  if (typeof one === 'string') return { url: one, anchor: undefined }
  if (!isThing(one)) return wrong('target', 'is neither a URI nor an object')
  if (one.items !== undefined) wrong('target', 'is more than one page')
  const { source, id, selector } = one
  const named = isThing(source) ? source.id : (source ?? id)
  if (typeof named !== 'string')
    return wrong(source === undefined && id === undefined ? 'target.source' : 'target', 'is not one URI')
  return { url: named, anchor: selector === undefined ? undefined : readSelectors(selector) }
}

/** All selectors, with those that refine them; `exact` is false where a position counts from within another selection. */
function* selectorsOf(
  selector: unknown,
  whole = true,
  depth = 0,
): Generator<{ selector: Thing; whole: boolean }> {
  if (depth > DEEPEST) return
  for (const one of listOf(selector)) {
    if (typeof one === 'string') continue
    if (!isThing(one)) return wrong('target.selector', 'is neither a URI nor an object')
    yield { selector: one, whole }
    if (listOf(one.type).includes('Choice')) yield* selectorsOf(one.items, whole, depth + 1)
    if (one.refinedBy !== undefined) yield* selectorsOf(one.refinedBy, false, depth + 1)
  }
}

function readSelectors(selector: unknown): Annotated['anchor'] {
  const all = [...selectorsOf(selector)]
  const quote = all.find(({ selector }) => listOf(selector.type).includes('TextQuoteSelector'))?.selector
  if (!quote)
    return wrong(
      'target.selector',
      'has no TextQuoteSelector: only that is found again in a page that changed',
    )
  const { exact, prefix = '', suffix = '' } = quote
  if (typeof exact !== 'string' || exact === '') return wrong('target.selector.exact', 'is not one text')
  if (exact.length > QUOTE_LENGTH) wrong('target.selector.exact', `is longer than ${QUOTE_LENGTH} characters`)
  if (typeof prefix !== 'string') return wrong('target.selector.prefix', 'is not one text')
  if (typeof suffix !== 'string') return wrong('target.selector.suffix', 'is not one text')
  const around = {
    prefix: lastOf(prefix),
    suffix: suffix
      .slice(0, QUOTE_CONTEXT)
      .toWellFormed()
      .replace(/\ufffd$/, ''),
  }
  return { exact, ...around, ...readPosition(all) }
}

/** The end of a text, as much as is kept; no half of a character. */
const lastOf = (text: string): string =>
  text
    .slice(-QUOTE_CONTEXT)
    .toWellFormed()
    .replace(/^\ufffd/, '')

function readPosition(
  all: readonly { selector: Thing; whole: boolean }[],
): { start: number; end: number } | undefined {
  const found = all.find(
    ({ selector, whole }) => whole && listOf(selector.type).includes('TextPositionSelector'),
  )
  if (!found) return undefined
  const { start, end } = found.selector
  const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
  if (!isPlace(start)) return wrong('target.selector.start', 'is not a number of characters')
  if (!isPlace(end) || end < start)
    return wrong('target.selector.end', 'is not a number of characters after the start')
  return { start, end }
}
