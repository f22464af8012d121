import { SORTS, type Sort } from '../contract/comment-limits.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { AppError } from '../errors.ts'

/** A place in a level: after the comment of this id, which had this rank; without an id, its beginning. */
export interface Place {
  sort: Sort
  best: number
  id: string
}

type Written = [number, number, string]
const isPlace = (place: unknown): place is Written =>
  Array.isArray(place) &&
  place.length === 3 &&
  Number.isSafeInteger(place[0]) &&
  SORTS[place[0]] !== undefined &&
  Number.isSafeInteger(place[1]) &&
  typeof place[2] === 'string' &&
  /^[\w-]{0,64}$/.test(place[2])

/** The cursor of a place. */
export const toPlace = ({ sort, best, id }: Place): string => toCursor([SORTS.indexOf(sort), best, id])

/** Where replies begin. */
export const BEGINNING = toPlace({ sort: 'oldest', best: 0, id: '' })

/** Reads a cursor back; the order it goes on in is its own, and another one cannot be asked for. */
export function readPlace(cursor: string | undefined, sort: Sort | undefined, usual: Sort): Place {
  const place = fromCursor(cursor, isPlace)
  if (!place) return { sort: sort ?? usual, best: 0, id: '' }
  const own = SORTS[place[0]] as Sort
  if (sort !== undefined && sort !== own && place[2] !== '')
    throw new AppError('invalid', `goes on in the order ${own}`, { field: 'cursor' })
  return { sort: place[2] === '' ? (sort ?? own) : own, best: place[1], id: place[2] }
}
