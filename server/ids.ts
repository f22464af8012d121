import { randomFillSync } from 'node:crypto'
import { customAlphabet, nanoid } from 'nanoid'
import { CODE_RANDOM_LENGTH, SITE_ID_LENGTH } from './contract/limits.ts'

/** 64 characters in ASCII order, so that text order is time order. */
const SORTED = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
/** Characters of a row id: 8 of time (48 bits of ms), 2 of sequence, 6 random (36 bits). */
export const ROW_ID_LENGTH = 16

const digits = (value: number, length: number): string => {
  let text = ''
  for (let i = 0, rest = value; i < length; i++, rest = Math.floor(rest / 64)) text = SORTED[rest % 64] + text
  return text
}

/** Makes row ids: unique, and in order of time; within one process in order of making. */
export function rowIds(now: () => number): () => string {
  const pool = new Uint8Array(6 * 512)
  let used = pool.length
  let time = 0
  let sequence = 0
  let prefix = ''
  return () => {
    const at = now()
    if (at > time || sequence === 4095) {
      time = Math.max(at, time + 1)
      sequence = 0
      prefix = digits(time, 8)
    } else sequence++
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    let random = ''
    for (let i = 0; i < 6; i++) random += SORTED[(pool[used++] as number) & 63]
    return prefix + digits(sequence, 2) + random
  }
}

const alphanumeric = customAlphabet('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')

/** A new site's id. */
export const newSiteId = (): string => alphanumeric(SITE_ID_LENGTH)

/** A new share code of a site. */
export const newCode = (site: string): string => site + nanoid(CODE_RANDOM_LENGTH)

const withoutLookalikes = customAlphabet('23456789ABCDEFGHJKMNPQRSTUVWXYZ', 4)

/** A new code of a coupon, made to be read out and typed: 39 random bits. */
export const newCouponCode = (): string => `GRP-${withoutLookalikes()}-${withoutLookalikes()}`

/** A new secret that names its site: `pk_`, `sk_`, … then the site's id, then `length` random characters. */
export const newKey = (prefix: string, site: string, length: number): string =>
  `${prefix}_${site}${alphanumeric(length)}`

/** The site id inside a key of the given prefix; none when the text is no such key. */
export function siteOfKey(prefix: string, key: string): string | undefined {
  const start = prefix.length + 1
  return key.startsWith(`${prefix}_`) && /^[0-9A-Za-z]{14,64}$/.test(key.slice(start))
    ? key.slice(start, start + SITE_ID_LENGTH)
    : undefined
}
