/** One line of the table. */
export interface Row {
  name: string
  ours: string
  peer?: string
  ratio?: string
  aim?: string
  /** Whether the aim is met; absent where there is none. */
  met?: boolean
}

/** The value in the middle. */
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The value that the given part of all values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * part) - 1))] ?? Number.NaN
}

/** A number as people read it: `12,345`, `3.2`, `0.71`. */
export const shown = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : 2 })

const COLUMNS = ['figure', 'ours', 'peer', 'ratio', 'aim', 'verdict'] as const

/** Rows as a table in Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const verdict = ({ met }: Row) => (met === undefined ? '' : met ? 'met' : 'missed')
  const cells = rows.map((row) => [
    row.name,
    row.ours,
    row.peer ?? '',
    row.ratio ?? '',
    row.aim ?? '',
    verdict(row),
  ])
  const lines = [COLUMNS, COLUMNS.map(() => '---'), ...cells]
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n')
}
