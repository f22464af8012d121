import MarkdownIt, { type Env, type StateBlock, type StateInline } from 'markdown-it'
import { findMention, type Names } from './mentions.ts'
import { safeHref, safeImage } from './safe-href.ts'

/** What the rules below know of the comment at hand. */
export interface MarkupEnv extends Env {
  imageHosts: readonly string[]
  names: Names | undefined
}
/** What the rules below put into a token. */
export type MentionMeta = { id: string; name: string }
export type PictureMeta = { src: string; alt: string }

/** How deep quotes and lists nest, counted as the parser does: a list is two. What is deeper stays text. */
const BLOCK_LEVELS = 20
/** Beyond this the parser drops text, which `tooDeep` prevents for blocks; for brackets, they are only brackets. */
const PARSER_LEVELS = BLOCK_LEVELS + 4

const AT = 64
const BANG = 33
const PICTURE = /!\[([^[\]\n]{0,300})\]\(([^\s()<>]{1,2000})(?:[ \t]+"[^"\n]{0,300}")?\)/y

/** `@name` of somebody of the thread. */
function mention(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== AT || state.linkLevel > 0) return false
  const { names } = state.env as MarkupEnv
  const found = names && findMention(names, state.src, state.pos)
  if (!found) return false
  if (!silent) state.push('mention', '', 0).meta = { id: found.id, name: found.name }
  state.pos = found.end
  return true
}

/** `![alt](src)` of an allowed host; any other is the link it contains. */
function picture(state: StateInline, silent: boolean): boolean {
  const { imageHosts } = state.env as MarkupEnv
  if (state.src.charCodeAt(state.pos) !== BANG || imageHosts.length === 0) return false
  PICTURE.lastIndex = state.pos
  const [all, alt, written] = PICTURE.exec(state.src) ?? []
  const src = written === undefined ? undefined : safeImage(written, imageHosts)
  if (all === undefined || src === undefined || state.pos + all.length > state.posMax) return false
  if (!silent) state.push('picture', '', 0).meta = { src, alt: alt ?? '' }
  state.pos += all.length
  return true
}

/** Lines nested too deep: a paragraph of what they say. */
function tooDeep(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (silent || state.level < BLOCK_LEVELS) return false
  const inside = (line: number) => !state.isEmpty(line) && (state.sCount[line] ?? -1) >= state.blkIndent
  let next = start + 1
  while (next < end && inside(next)) next++
  state.push('paragraph_open', 'p', 1)
  const text = state.push('inline', '', 0)
  text.content = state.getLines(start, next, state.blkIndent, false).trim()
  text.children = []
  state.push('paragraph_close', 'p', -1)
  state.line = next
  return true
}

/**
 * The Markdown of comments. Off are HTML, headings, tables and reference links (their definitions could be a flood),
 * and entities: what is typed is what is read, by word lists too.
 */
export function createMarkdown() {
  const md = new MarkdownIt({ html: false, linkify: true, maxNesting: PARSER_LEVELS })
  md.disable(['table', 'reference', 'html_block', 'heading', 'lheading', 'html_inline', 'entity'])
  md.linkify.add('ftp:', null).add('//', null).set({ fuzzyLink: false, maxLength: 2_000 })
  md.normalizeLink = (url) => safeHref(url) ?? ''
  md.normalizeLinkText = (text) => text
  md.validateLink = (href) => href !== ''
  md.inline.ruler.at('image', picture)
  md.inline.ruler.before('emphasis', 'mention', mention)
  md.block.ruler.before('table', 'too_deep', tooDeep)
  return md
}
