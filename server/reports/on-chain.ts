import { type RawBuilder, sql } from 'kysely'
import { ROW_ID_LENGTH } from '../ids.ts'

/** What a row id looks like. */
export const ROW_ID = new RegExp(`^[\\w-]{${ROW_ID_LENGTH}}$`)

/**
 * Whether a person (a row id) is among the `people` of a chain, at any hop. `like` finds nearly all that are not, fast;
 * then each hop is looked at, since two ids beside each other may read like a third across them.
 */
export const isOnChain = (people: string, person: string): RawBuilder<boolean> => {
  const column = sql.ref(people)
  return sql<boolean>`(${column} like ${`%${person}%`} and exists (
    with recursive hop(place) as (
      select 1 union all select place + ${sql.lit(ROW_ID_LENGTH)} from hop
      where place + ${sql.lit(ROW_ID_LENGTH)} < length(${column}))
    select 1 from hop where substr(${column}, place, ${sql.lit(ROW_ID_LENGTH)}) = ${person}))`
}
