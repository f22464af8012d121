import { z } from '@hono/zod-openapi'

/** A piece of a line: text, or something marked. Drawn as text nodes and elements, never as HTML. */
export type Inline =
  | string
  | { t: 'em' | 'strong' | 'del'; c: Inline[] }
  | { t: 'code'; text: string }
  | { t: 'br' }
  /** An http(s) or mailto link; shown with `rel="ugc nofollow noopener"`. */
  | { t: 'link'; href: string; c: Inline[] }
  /** Somebody of the thread, called by their name. */
  | { t: 'mention'; id: string; name: string }
  /** Only from hosts that the owner allows. */
  | { t: 'image'; src: string; alt: string }

/** A block of a comment. */
export type Block =
  | { t: 'p'; c: Inline[] }
  | { t: 'quote'; c: Block[] }
  | { t: 'list'; ordered: boolean; start: number; items: Block[][] }
  /** Code as it was written, with the language its author named ('' for none). */
  | { t: 'pre'; lang: string; text: string }

/** A comment's text, parsed. */
export type Markup = Block[]

export const Markup = z
  .array(z.custom<Block>((block) => typeof block === 'object' && block !== null && 't' in block))
  .openapi('Markup', {
    type: 'array',
    items: { type: 'object', properties: { t: { type: 'string' } }, additionalProperties: true },
    description:
      'Markdown, parsed. Blocks: `p` {c}, `quote` {c: blocks}, `list` {ordered, start, items: blocks[]}, `pre` {lang, text}. ' +
      'Inline: a string, `em` `strong` `del` {c}, `code` {text}, `br`, `link` {href, c}, `mention` {id, name}, `image` {src, alt}',
  })
