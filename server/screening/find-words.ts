import { fold, foldMarkdown, wordsOf } from '../fold.ts'

/** A text made ready to be searched. */
export interface Searched {
  folded: string
  words: string[]
}

/** Makes a comment ready to be searched. */
export const searchedMarkdown = (body: string): Searched => searched(foldMarkdown(body))

/** A text, and others after it. */
export const withTexts = ({ folded }: Searched, others: readonly string[]): Searched =>
  searched([folded, ...others.map(fold)].join('\n'))

const searched = (folded: string): Searched => ({ folded, words: wordsOf(folded) })

/** Finds the first of an owner's words that a text has. */
export type FindWord = (text: Searched) => string | undefined

/** Scripts that set no spaces, or put endings to their words: what is listed is found anywhere in a run of letters. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** A word with `*` for any letters: how it begins, what it has in between in this order, how it ends. */
interface Piece {
  begins: string
  between: string[]
  ends: string
  whole: boolean
}

/** Words in a row; one of them, the `anchor`, is looked for first, by the `clue` that it has. */
interface Pattern {
  source: string
  pieces: Piece[]
  anchor: number
  clue: string
}

/** How much of a clue is looked up at once, in characters. */
const GRAM = 3

function readPiece(text: string): Piece {
  const loose = UNSPACED.test(text) ? `*${text}*` : text
  const parts = loose.split(/\*+/)
  if (parts.length === 1) return { begins: loose, between: [], ends: '', whole: true }
  return { begins: parts[0] ?? '', between: parts.slice(1, -1), ends: parts.at(-1) ?? '', whole: false }
}

/** Whether a word is like a piece: from left to right once, whatever the piece. */
function fits({ begins, between, ends, whole }: Piece, word: string): boolean {
  if (whole) return word === begins
  if (word.length < begins.length + ends.length || !word.startsWith(begins) || !word.endsWith(ends))
    return false
  let from = begins.length
  for (const part of between) {
    const at = word.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return from <= word.length - ends.length
}

const clueOf = ({ begins, between, ends }: Piece): string =>
  [begins, ...between, ends].reduce((best, part) => (part.length > best.length ? part : best), '')

function readPattern(source: string): Pattern {
  const pieces = (fold(source).match(/[\p{L}\p{N}\p{M}*]+/gu) ?? []).map(readPiece)
  const clues = pieces.map(clueOf)
  const clue = clues.reduce((best, one) => (one.length > best.length ? one : best), '')
  return { source, pieces, anchor: clues.indexOf(clue), clue }
}

/** Makes a list of words ready to be looked for, all at once: the time grows with the text, not with the list. */
export function compileWords(list: readonly string[]): FindWord {
  const patterns = list.map(readPattern)
  // Signs and emoji, and `*` alone, have no letters to go by.
  const signs = patterns
    .filter(({ clue }) => clue === '')
    .map(({ source }) => ({ source, parts: fold(source).trim().split(/\*+/) }))
  const byWord = new Map<string, Pattern[]>()
  const byGram = new Map<string, Pattern[]>()
  for (const pattern of patterns) {
    if (pattern.clue === '') continue
    if (pattern.pieces[pattern.anchor]?.whole) push(byWord, pattern.clue, pattern)
    else push(byGram, pattern.clue.slice(0, GRAM), pattern)
  }
  const lengths = [...new Set([...byGram.keys()].map(({ length }) => length))]

  return ({ folded, words }) => {
    const known = new Map<string, readonly Pattern[]>()
    for (const [at, word] of words.entries()) {
      const near = known.get(word) ?? [...(byWord.get(word) ?? []), ...likeWord(word)]
      known.set(word, near)
      const found = near.find((pattern) => inRow(pattern, words, at))
      if (found) return found.source
    }
    return signs.find(({ parts }) => inOrder(parts, folded))?.source
  }

  /** The patterns whose anchor a word is like. */
  function likeWord(word: string): Pattern[] {
    const grams = new Set<string>()
    for (const length of lengths)
      for (let at = 0; at + length <= word.length; at++) grams.add(word.slice(at, at + length))
    return [...grams]
      .flatMap((gram) => byGram.get(gram) ?? [])
      .filter(({ pieces, anchor }) => fits(pieces[anchor] as Piece, word))
  }
}

/** Whether a text has these parts, one after the other. */
function inOrder(parts: readonly string[], text: string): boolean {
  let from = 0
  return parts.every((part) => {
    const at = text.indexOf(part, from)
    from = at + part.length
    return at >= 0
  })
}

/** Whether a pattern's words stand in a row, its anchor at this place. */
const inRow = ({ pieces, anchor }: Pattern, words: readonly string[], at: number): boolean =>
  pieces.every((piece, i) => {
    const word = words[at - anchor + i]
    return i === anchor || (word !== undefined && fits(piece, word))
  })

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
