import { type RawBuilder, sql } from 'kysely'

const MOST = sql.lit(Number.MAX_SAFE_INTEGER)

/** An amount that JSON and SQLite's driver can tell: what passes 2^53 − 1, above or below zero, is told as that. */
export const told = (amount: RawBuilder<number>): RawBuilder<number> =>
  sql<number>`case when ${amount} > ${MOST} then ${MOST} when ${amount} < -${MOST} then -${MOST} else ${amount} end`

/** A sum of amounts, told: exact up to 2^53 − 1; 0 of none. */
export const toldSum = (amount: RawBuilder<number>): RawBuilder<number> =>
  told(sql<number>`coalesce(sum(cast(${amount} as double precision)), 0)`)
