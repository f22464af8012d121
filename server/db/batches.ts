/** Rows of one insert: SQLite takes at most 32,766 parameters a statement. */
const MOST = 500

/** Rows in batches that one statement can take. */
export const inBatches = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / MOST) }, (_, i) => rows.slice(i * MOST, (i + 1) * MOST))
