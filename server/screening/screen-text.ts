import type { CommentSettings } from '../contract/screening.ts'
import { compileWords, type FindWord, type Searched, searchedMarkdown, withTexts } from './find-words.ts'
import type { Hits } from './rules.ts'

interface Compiled {
  refused: FindWord
  held: FindWord
  /** One for each rule; none where it names no word. */
  rules: (FindWord | undefined)[]
}

/** Lists are made ready once: the settings stay one object until they change. */
const compiled = new WeakMap<CommentSettings, Compiled>()

function compile(settings: CommentSettings): Compiled {
  const { refusedWords, heldWords, rules } = settings
  const made = compiled.get(settings) ?? {
    refused: compileWords(refusedWords),
    held: compileWords(heldWords),
    rules: rules.map(({ word }) => (word === undefined ? undefined : compileWords([word]))),
  }
  compiled.set(settings, made)
  return made
}

/** What is written, and by whom. */
export interface Written {
  settings: CommentSettings
  body: string
  shown?: string
  links: readonly string[]
  url: string
  edited: boolean
}

/** Looks for the owner's words in a comment, in its author's name and in where its links lead. */
export function screenText(written: Written, name: string | undefined): { text: Searched; hits: Hits } {
  const { settings, body, shown = body, links, url, edited } = written
  const { refused, held, rules } = compile(settings)
  const text = searchedMarkdown(body)
  const read = shown === body ? [] : [shown]
  const all = withTexts(text, [...read, ...(name === undefined ? [] : [name]), ...links])
  return {
    text,
    hits: {
      links: links.length,
      url,
      edited,
      refusedWord: refused(all),
      heldWord: held(all),
      ruleWords: rules.map((find) => find?.(all) !== undefined),
    },
  }
}
