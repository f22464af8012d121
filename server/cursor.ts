import { AppError } from './errors.ts'

/** Where a list goes on, opaque to the caller. */
export const toCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** Reads back a cursor of ours; `fits` tells whether it is one of this list's. */
export function fromCursor<T>(
  cursor: string | undefined,
  fits: (place: unknown) => place is T,
): T | undefined {
  if (cursor === undefined) return undefined
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (fits(place)) return place
  } catch {
    // Told below, as any other text that is no cursor of ours.
  }
  throw new AppError('invalid', 'is not a cursor of this list', { field: 'cursor' })
}

/** A place in a list that counts rows. */
export const isOffset = (place: unknown): place is number =>
  Number.isSafeInteger(place) && (place as number) >= 0

/** A place in a list that is ordered by a number, then a row id. */
export const isKeyset = (place: unknown): place is [number, string] =>
  Array.isArray(place) &&
  place.length === 2 &&
  Number.isSafeInteger(place[0]) &&
  typeof place[1] === 'string' &&
  /^[\w-]+$/.test(place[1])

/** A place in a list that is ordered by a row's id. */
export const isRowId = (place: unknown): place is string =>
  typeof place === 'string' && /^[\w-]{1,64}$/.test(place)
