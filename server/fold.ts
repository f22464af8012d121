import { createRequire } from 'node:module'

const uncased = (text: string): string => text.toUpperCase().toLowerCase()

/**
 * Unicode's look-alikes (UTS #39) by small letters. A letter that only looks like one of ours as a capital is that one
 * too: Cyrillic т is a t, for Т is a T.
 */
function readLookAlikes(): ReadonlyMap<string, string> {
  const data = createRequire(import.meta.url)('unhomoglyph/data.json') as Record<string, string>
  const known = new Map<string, string>()
  // A dash that looks like a letter of another script is a dash.
  const beyondAscii = Object.entries(data).filter(
    ([from, to]) => from > '\u007f' && (/^[\p{L}\p{N}\p{M}]/u.test(from) || /^[A-Za-z]+$/.test(to)),
  )
  for (const [from, to] of beyondAscii) known.set(from, uncased(to.replaceAll('rn', 'm')))
  for (const [from, to] of beyondAscii) {
    const small = uncased(from)
    if (small !== from && /^[A-Za-z]$/.test(to) && !/^[a-z]$/.test(known.get(small) ?? ''))
      known.set(small, uncased(to))
  }
  for (const [at, small] of [...'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ'].entries())
    known.set(small, 'abcdefghijklmnoprstuvwyz'[at] as string)
  // White letters on black discs and squares have no compatibility form.
  for (const first of [0x1f150, 0x1f170])
    for (let i = 0; i < 26; i++) known.set(String.fromCodePoint(first + i), String.fromCharCode(97 + i))
  return known
}

const LOOK_ALIKES = readLookAlikes()

/** Marks that are put on letters of any script; vowel signs and the like, which are a script's own, stay. */
const MARKS = /[[\p{M}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}]]--[\u3099\u309a]]/gv
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
const BEYOND_ASCII = /\P{ASCII}/gu
/** A capital I among small letters is there to be read as an l. */
const FALSE_I = /(?<=\p{Ll})I(?=\p{Ll})/gu
/** Digits that stand in for letters, within words. */
const DIGIT_IN_WORD = /(?<=\p{L}[01]?)[01]|[01](?=[01]?\p{L})/gu
/** What markdown takes out between two letters. */
const EMPHASIS_IN_WORD = /(?<=\p{L})[*~`]{1,6}(?=\p{L})/gu
/** Spaces within scripts that have none. */
const SPACE_IN_CJK =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\s+(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu

const unmarked = (text: string): string => text.normalize('NFD').replace(MARKS, '').normalize('NFC')
/**
 * A text in the one spelling that words and repetitions are looked for in: compatibility forms (NFKC) without case,
 * accents and what cannot be seen, look-alike letters as those they are taken for.
 */
export function fold(text: string): string {
  const plain = unmarked(text.normalize('NFKC').replace(INVISIBLE, '')).replace(FALSE_I, 'l')
  const folded = uncased(plain).replace(BEYOND_ASCII, (letter) => LOOK_ALIKES.get(letter) ?? letter)
  return unmarked(folded)
    .replace(DIGIT_IN_WORD, (digit) => (digit === '0' ? 'o' : 'l'))
    .replace(SPACE_IN_CJK, '')
}

/** Markdown folded, with the words as a reader sees them: nothing stands inside one. */
export const foldMarkdown = (text: string): string =>
  fold(text.replace(INVISIBLE, '').replace(EMPHASIS_IN_WORD, ''))

/** The words of a folded text, in order: runs of letters and digits, with the marks that belong to them. */
export const wordsOf = (folded: string): string[] => folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
