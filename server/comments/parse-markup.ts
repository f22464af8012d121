import type { Token } from 'markdown-it'
import type { Block, Inline, Markup } from '../contract/markup.ts'
import { createMarkdown, type MarkupEnv, type MentionMeta, type PictureMeta } from './markup-rules.ts'
import { namesOf } from './mentions.ts'

/** What parsing needs to know of the site and the thread. */
export interface Parsing {
  /** Hosts whose images are shown. */
  imageHosts?: readonly string[]
  /** Whom `@name` means: the person's id, by their name. */
  people?: ReadonlyMap<string, string>
}

/** A comment's text parsed, and where its links lead and whom it calls. */
export interface Parsed {
  markup: Markup
  links: string[]
  mentions: string[]
}

const markdown = createMarkdown()

/** How deep marks nest in a line; what is deeper has the marks around it only. */
const INLINE_LEVELS = 16
/** Most addresses and mentions that are looked for in one comment. */
const TRIES = 500
const MARKS = { em: 'em', strong: 'strong', s: 'del' } as const
const LANGUAGE = /^[\w+#.-]{1,32}$/

/** Parses Markdown: no HTML, no images but from allowed hosts, nesting bounded; time grows with length alone. */
export function parseMarkup(body: string, { imageHosts = [], people }: Parsing = {}): Parsed {
  const names = people && people.size > 0 ? namesOf(people) : undefined
  const env: MarkupEnv = { imageHosts, names, tries: TRIES }
  const parsed: Parsed = { markup: [], links: [], mentions: [] }
  readBlocks(markdown.parse(body, env), parsed)
  parsed.mentions = [...new Set(parsed.mentions)]
  return parsed
}

/** Tokens to blocks. `inside` are the blocks that are open, outermost first. */
function readBlocks(tokens: readonly Token[], parsed: Parsed): void {
  const inside: Block[][] = [parsed.markup]
  const lists: Extract<Block, { t: 'list' }>[] = []
  const put = (block: Block) => inside.at(-1)?.push(block)
  for (const token of tokens) {
    switch (token.type) {
      case 'inline': {
        const c = readInline(token.children ?? [], parsed)
        if (c.length > 0) put({ t: 'p', c })
        break
      }
      case 'hr':
        put({ t: 'p', c: [token.markup] })
        break
      case 'fence':
      case 'code_block':
        put(codeOf(token))
        break
      case 'blockquote_open': {
        const c: Block[] = []
        put({ t: 'quote', c })
        inside.push(c)
        break
      }
      case 'bullet_list_open':
      case 'ordered_list_open': {
        const start = Number(token.attrGet('start') ?? 1)
        const list = { t: 'list' as const, ordered: token.tag === 'ol', start, items: [] }
        put(list)
        lists.push(list)
        break
      }
      case 'list_item_open': {
        const item: Block[] = []
        lists.at(-1)?.items.push(item)
        inside.push(item)
        break
      }
      case 'blockquote_close':
      case 'list_item_close':
        inside.pop()
        break
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop()
        break
    }
  }
}

/** Code, and its language; what stands there but is no language belongs to the code. */
function codeOf({ info, content }: Token): Block {
  const text = content.replace(/\n$/, '')
  const [lang = '', ...rest] = info.trim().split(/\s+/)
  return rest.length === 0 && (lang === '' || LANGUAGE.test(lang))
    ? { t: 'pre', lang, text }
    : { t: 'pre', lang: '', text: text === '' ? info.trim() : `${info.trim()}\n${text}` }
}

/** The tokens of a line or more. `inside` are the marks that are open, outermost first. */
function readInline(tokens: readonly Token[], parsed: Parsed): Inline[] {
  const line: Inline[] = []
  const inside: Inline[][] = [line]
  const put = (piece: Inline) => {
    const into = inside.at(-1) as Inline[]
    const last = into.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') into[into.length - 1] = last + piece
    else if (piece !== '') into.push(piece)
  }
  const open = (piece: Extract<Inline, { c: Inline[] }>) => {
    if (inside.length > INLINE_LEVELS) inside.push(inside.at(-1) as Inline[])
    else {
      put(piece)
      inside.push(piece.c)
    }
  }
  for (const token of tokens) {
    const mark = MARKS[token.tag as keyof typeof MARKS]
    if (mark && token.nesting === 1) open({ t: mark, c: [] })
    else if (token.nesting === -1) inside.pop()
    else if (token.type === 'link_open') {
      const href = String(token.attrGet('href') ?? '')
      // An empty destination leads nowhere: what it says stays.
      if (href === '') inside.push(inside.at(-1) as Inline[])
      else {
        parsed.links.push(href)
        open({ t: 'link', href, c: [] })
      }
    } else if (token.type === 'code_inline') put({ t: 'code', text: token.content })
    else if (token.type === 'softbreak' || token.type === 'hardbreak') put({ t: 'br' })
    else if (token.type === 'mention') {
      const { id, name } = token.meta as MentionMeta
      parsed.mentions.push(id)
      put({ t: 'mention', id, name })
    } else if (token.type === 'picture') {
      const { src, alt } = token.meta as PictureMeta
      parsed.links.push(src)
      put({ t: 'image', src, alt })
    } else put(token.content)
  }
  return line
}
