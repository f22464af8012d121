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
  const lines = [named, ...flat.map((row) => named.map((name) => row.get(name) ?? null))]
  return BYTE_ORDER_MARK + lines.map((line) => `${line.map(written).join(',')}\r\n`).join('')
}

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
  const groups = new Map<string, Map<string, boolean>>()
  for (const row of rows) {
    for (const [name, cell] of row) {
      const [head = ''] = name.split(/_minor\.|\./, 1)
      const group = groups.get(head) ?? new Map<string, boolean>()
      group.set(name, (group.get(name) ?? false) || cell !== null)
      groups.set(head, group)
    }
  }
  return [...groups.values()].flatMap((group) => {
    const names = [...group.keys()]
    const hasParts = (name: string) =>
      names.some((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}_minor.`))
    return names.filter((name) => group.get(name) || !hasParts(name))
  })
}

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
