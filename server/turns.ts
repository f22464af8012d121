import { setImmediate as others } from 'node:timers/promises'

/** Rows dealt with in one go: some milliseconds of work. */
const AT_ONCE = 1000

/** Maps rows, however many: every now and then others have their turn. */
export async function mapInTurns<T, R>(rows: readonly T[], map: (row: T) => R): Promise<R[]> {
  const mapped: R[] = []
  for (const row of rows) if (mapped.push(map(row)) % AT_ONCE === 0) await others()
  return mapped
}
