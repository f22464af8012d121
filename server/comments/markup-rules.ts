import MarkdownIt, { type Env, type StateBlock, type StateInline } from 'markdown-it'
import { findAddress } from './bare-link.ts'
import { findMention, type Names } from './mentions.ts'
import { safeHref, safeImage } from './safe-href.ts'

/** What the rules below know of the comment at hand. */
export interface MarkupEnv extends Env {
  imageHosts: readonly string[]
  names: Names | undefined
  /** How many more addresses and mentions are looked for. */
  tries: number
}
/** What the rules below put into a token. */
export type MentionMeta = { id: string; name: string }
export type PictureMeta = { src: string; alt: string }

/** How deep quotes and lists nest, counted as the parser does: a list is two. What is deeper stays text. */
const BLOCK_LEVELS = 12
/** How many tokens blocks may take: a thousand items of a list. */
const MOST_TOKENS = 5_000
/** Beyond this the parser drops text, which `tooDeep` prevents for blocks; for brackets, they are only brackets. */
const PARSER_LEVELS = BLOCK_LEVELS + 4

type BlockRule = (state: StateBlock, start: number, end: number, silent: boolean) => boolean

const QUOTE = 62
const AT = 64
const COLON = 58
const BANG = 33
const PICTURE = /!\[([^[\]\n]{0,300})\]\(([^\s()<>]{1,2000})(?:[ \t]+"[^"\n]{0,300}")?\)/y

/** `@name` of somebody of the thread. */
function mention(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== AT || state.linkLevel > 0) return false
  const env = state.env as MarkupEnv
  if (!env.names || env.tries-- <= 0) return false
  const found = findMention(env.names, state.src, state.pos)
  if (!found) return false
  if (!silent) state.push('mention', '', 0).meta = { id: found.id, name: found.name }
  state.pos = found.end
  return true
}

/** An address that stands there by itself is a link, too. The parser's own finder takes 170 ms for 50 kB of the worst. */
function bareLink(state: StateInline, silent: boolean): boolean {
  const env = state.env as MarkupEnv
  if (state.src.charCodeAt(state.pos) !== COLON || state.linkLevel > 0 || env.tries-- <= 0) return false
  const found = findAddress(state.src, state.pos)
  if (!found || found.end > state.posMax) return false
  if (!silent) {
    const text = state.src.slice(found.start, found.end)
    const scheme = state.src.slice(found.start, state.pos)
    if (!state.pending.endsWith(scheme)) return false
    state.pending = state.pending.slice(0, -scheme.length)
    state.push('link_open', 'a', 1).attrs = [['href', found.href]]
    state.push('text', '', 0).content = text
    state.push('link_close', 'a', -1)
  }
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

/** How far a line is indented, as the parser counts it. */
const indentOf = ({ sCount }: StateBlock, line: number) => sCount[line] ?? 0

/**
 * A quote ends where its marks do. (By CommonMark the next line may go on without one: what people answer right below a
 * quote would be taken into it, and the parser looks through all lines for each quote.)
 */
const strictQuote =
  (quote: BlockRule): BlockRule =>
  (state, start, end, silent) => {
    const marked = (line: number) =>
      indentOf(state, line) >= state.blkIndent &&
      state.src.charCodeAt((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)) === QUOTE
    let next = start
    if (!silent) while (next < end && marked(next)) next++
    return quote(state, start, silent ? end : next, silent)
  }

/** Lines nested too deep are a paragraph of what they say; so is all the rest, once there was too much. */
function tooDeep(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const tooMuch = state.tokens.length >= MOST_TOKENS
  if (silent || (state.level < BLOCK_LEVELS && !tooMuch)) return false
  const goesOn = (line: number) => !state.isEmpty(line) && indentOf(state, line) >= state.blkIndent
  let next = start + 1
  while (next < end && (tooMuch || goesOn(next))) next++
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
  const md = new MarkdownIt({ html: false, maxNesting: PARSER_LEVELS })
  md.block.ruler.enableOnly('blockquote')
  const [quote] = md.block.ruler.getRules('') as [BlockRule]
  md.block.ruler.enable(['code', 'fence', 'hr', 'list', 'paragraph'])
  md.block.ruler.at('blockquote', strictQuote(quote), { alt: ['paragraph', 'blockquote', 'list'] })
  md.block.ruler.before('code', 'too_deep', tooDeep)
  md.inline.ruler.disable(['html_inline', 'entity'])
  md.inline.ruler.at('image', picture)
  md.inline.ruler.at('linkify', bareLink)
  md.inline.ruler.before('emphasis', 'mention', mention)
  md.normalizeLink = (url) => safeHref(url) ?? ''
  md.validateLink = (href) => href !== ''
  md.normalizeLinkText = (text) => text
  return md
}
