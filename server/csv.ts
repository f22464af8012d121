import { mapInTurns } from './turns.ts'

type Cell = string | number | boolean | null

/** Tells spreadsheets that the file is UTF-8; whoever decodes it by the standard never sees it. */
const BYTE_ORDER_MARK = '\uFEFF'

/** How a formula begins in some spreadsheet (OWASP, CSV injection), full-width signs too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * Rows as CSV (RFC 4180): UTF-8, CRLF, the names first. Objects become columns named with dots. A list of amounts becomes
 * a column a currency, `value_minor.EUR`, in integer minor units, and one amount `value.currency` and
 * `value.amount_minor`; other lists are JSON. Text never starts a formula.
 * `columns` are those of the file, in order; otherwise all that any row has.
 */
export function toCsv(rows: readonly object[], columns?: readonly string[]): string {
  const flat = rows.map((row) => flatten(row))
  const named = columns ?? columnsOf(flat)
  return fileOf(
    named,
    flat.map((row) => lineOf(named, row)),
  )
}

/** The same of very many rows, while which others have their turn. */
export async function toLongCsv(rows: readonly object[]): Promise<string> {
  const flat = await mapInTurns(rows, (row) => flatten(row))
  const named = columnsOf(flat)
  return fileOf(named, await mapInTurns(flat, (row) => lineOf(named, row)))
}

const fileOf = (columns: readonly string[], lines: readonly string[]): string =>
  `${BYTE_ORDER_MARK}${[columns.map(written).join(','), ...lines].join('\r\n')}\r\n`

const lineOf = (columns: readonly string[], row: ReadonlyMap<string, Cell>): string =>
  columns.map((name) => written(row.get(name) ?? null)).join(',')

function flatten(row: object, prefix = '', into = new Map<string, Cell>()): Map<string, Cell> {
  for (const [key, value] of Object.entries(row)) {
    const name = prefix + key
    if (Array.isArray(value)) {
      if (value.length === 0) into.set(name, null)
      else if (value.every(isMoney))
        for (const { currency, amount } of value) into.set(`${name}_minor.${currency}`, amount)
      else into.set(name, JSON.stringify(value))
    } else if (isMoney(value)) {
      into.set(`${name}.currency`, value.currency).set(`${name}.amount_minor`, value.amount)
    } else if (value !== null && typeof value === 'object') flatten(value, `${name}.`, into)
    else into.set(name, (value ?? null) as Cell)
  }
  return into
}

const isMoney = (value: unknown): value is { currency: string; amount: number } => {
  if (value === null || typeof value !== 'object') return false
  const { currency, amount, ...more } = value as Record<string, unknown>
  return typeof currency === 'string' && typeof amount === 'number' && Object.keys(more).length === 0
}

/** All columns in the order they come up, those that begin alike beside each other; nothing that elsewhere has parts. */
function columnsOf(rows: readonly Map<string, Cell>[]): string[] {
  const groups = new Map<string, Set<string>>()
  const filled = new Set<string>()
  for (const row of rows) {
    for (const [name, cell] of row) {
      if (filled.has(name)) continue
      if (cell !== null) filled.add(name)
      const [head = ''] = name.split(/_minor\.|\./, 1)
      const group = groups.get(head) ?? new Set<string>()
      groups.set(head, group.add(name))
    }
  }
  return [...groups.values()].flatMap((group) => {
    const names = [...group]
    const hasParts = (name: string) =>
      names.some((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}_minor.`))
    return names.filter((name) => filled.has(name) || !hasParts(name))
  })
}

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
