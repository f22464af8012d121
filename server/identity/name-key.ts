import { fold } from '../fold.ts'

/** Letters, alone or in pairs, that are read as one another in most typefaces. */
const READ_AS: [from: RegExp, to: string][] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/i/g, 'l'],
]
/** What is no letter, digit or mark: a name with a tick behind it is still that name. */
const BESIDE = /[^\p{L}\p{N}\p{M}]+/gu

/** What a name looks like: names with one key are taken for each other. */
export function nameKey(name: string): string {
  const folded = READ_AS.reduce((text, [from, to]) => text.replace(from, to), fold(name))
  return folded.replace(BESIDE, ' ').trim() || folded.replace(/\s+/gu, ' ').trim()
}
