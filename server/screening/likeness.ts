import { fingerprint } from '../secrets.ts'
import type { Searched } from './find-words.ts'

/** Words, or characters of a script without spaces, that are looked at together. */
const SHINGLE = 3
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu
/** Shortest text that is compared, in characters: what is shorter is said by many. */
export const COMPARED_LENGTH = 40
/** From here on a text is long enough for a changed word to change few of its bits. */
const LONG = 200

/** In how many bits the hashes of texts that are nearly the same may differ (Manku, Jain, Das Sarma 2007: 3 of 64). */
export const nearBits = (length: number): number => (length >= LONG ? 7 : 3)

/** The hash by which the same text is known again, however it is set. */
export const printOf = ({ words, folded }: Searched): string =>
  fingerprint(words.length > 0 ? words.join(' ') : folded.replace(/\s+/gu, ''))

/** A hash that is nearly the same for texts that are (simhash, Charikar 2002): 64 bits in 16 hexadecimal digits. */
export function simhashOf({ words, folded }: Searched): string {
  const counts = new Int32Array(64)
  for (const shingle of shinglesOf(words, folded)) {
    const [high, low] = hash64(shingle)
    for (let bit = 0; bit < 32; bit++) {
      counts[bit] = (counts[bit] as number) + ((high >>> bit) & 1 ? 1 : -1)
      counts[bit + 32] = (counts[bit + 32] as number) + ((low >>> bit) & 1 ? 1 : -1)
    }
  }
  const half = (from: number) => {
    let bits = 0
    for (let bit = 0; bit < 32; bit++) if ((counts[from + bit] as number) > 0) bits |= 1 << bit
    return (bits >>> 0).toString(16).padStart(8, '0')
  }
  return half(0) + half(32)
}

/** In how many bits two hashes differ. */
export function bitsApart(a: string, b: string): number {
  if (a.length !== 16 || b.length !== 16) return 64
  const half = (from: number) =>
    ones(Number.parseInt(a.slice(from, from + 8), 16) ^ Number.parseInt(b.slice(from, from + 8), 16))
  return half(0) + half(8)
}

function ones(bits: number): number {
  let count = 0
  for (let rest = bits >>> 0; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Runs of three words, or where most letters are of scripts without spaces, of three characters. */
function* shinglesOf(words: readonly string[], folded: string): Generator<string> {
  const unspaced = (folded.match(CJK)?.length ?? 0) * 2 > words.join('').length
  const units = unspaced ? Array.from(words.join('')) : words
  const between = unspaced ? '' : ' '
  if (units.length <= SHINGLE) yield units.join(between)
  else for (let i = 0; i + SHINGLE <= units.length; i++) yield units.slice(i, i + SHINGLE).join(between)
}

/** 64 bits of a text: two rounds of FNV-1a with the finish of MurmurHash3. */
const hash64 = (text: string): [number, number] => [mixed(text, 0x811c9dc5), mixed(text, 0x9747b28c)]

function mixed(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
