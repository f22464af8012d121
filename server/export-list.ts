import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { toLongCsv } from './csv.ts'
import { type Env, json } from './http.ts'
import { mapInTurns } from './turns.ts'

/** Most rows of one file. */
const MOST = 100_000
/** Rows read at a time. */
const AT_ONCE = 5_000

interface List {
  data: object[]
  next?: string | null
}

interface Asked {
  limit?: number | undefined
  cursor?: string | undefined
  format?: 'csv' | 'json' | undefined
}

/** The answers of a list that can also be had as a file. */
export const listOrFile = <T extends z.ZodType>(schema: T, description: string) => ({
  ...json(schema, description),
  headers: {
    'Next-Cursor': {
      description: 'Only on a file that was cut at 100,000 rows: the `cursor` of the next file',
      schema: { type: 'string' },
    },
  } as const,
  content: {
    'application/json': { schema },
    'text/csv': {
      schema: z.string().openapi({
        description:
          'With `format=csv`: RFC 4180, a column a value, objects named with dots, amounts in minor units. ' +
          'Text that a spreadsheet would run begins with an apostrophe',
      }),
    },
  },
})

/** Answers a page of a list, or with `format` all of it as a file named after it: a plain link downloads that. */
export async function listOrExport<T extends List>(
  c: Context<Env>,
  name: string,
  { limit, cursor, format }: Asked,
  read: (page: { limit: number; cursor: string | undefined }) => Promise<T>,
) {
  if (format === undefined) return c.json(await read({ limit: limit ?? AT_ONCE, cursor }), 200)
  const whole = await readWhole(read, cursor)
  if (whole.next) c.header('next-cursor', whole.next)
  return asFile(c, whole.next ? `${name}-first-${MOST}` : name, format, whole, whole.data)
}

/** A report as a file that a plain link downloads: as JSON whole, as CSV its rows. */
export async function asFile<T extends object>(
  c: Context<Env>,
  name: string,
  format: 'csv' | 'json',
  whole: T,
  rows: readonly object[],
) {
  c.header('content-disposition', `attachment; filename="grapevine-${name}.${format}"`)
  c.header('cache-control', 'no-store')
  return format === 'json'
    ? c.body(await toLongJson(whole), 200, { 'content-type': 'application/json' })
    : c.body(await toLongCsv(rows), 200, { 'content-type': 'text/csv; charset=utf-8' })
}

/** An object as JSON, its lists in turns with what others want of the server. */
async function toLongJson(whole: object): Promise<string> {
  const parts: string[] = []
  for (const [name, value] of Object.entries(whole)) {
    if (value === undefined) continue
    const text = Array.isArray(value)
      ? `[${(await mapInTurns(value, (row) => JSON.stringify(row))).join(',')}]`
      : JSON.stringify(value)
    parts.push(`${JSON.stringify(name)}:${text}`)
  }
  return `{${parts.join(',')}}`
}

/** All rows of a list, up to a file's most, by going from cursor to cursor. */
async function readWhole<T extends List>(
  read: (page: { limit: number; cursor: string | undefined }) => Promise<T>,
  from: string | undefined,
): Promise<T> {
  const whole = await read({ limit: AT_ONCE, cursor: from })
  while (whole.next && whole.data.length < MOST) {
    const more = await read({ limit: AT_ONCE, cursor: whole.next })
    whole.data.push(...more.data)
    whole.next = more.next ?? null
  }
  return whole
}
