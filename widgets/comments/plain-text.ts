import type { Block, Inline, Markup } from '../../server/contract/markup.ts'

/** What a comment says, without its marks: to be quoted. */
export const plainText = (blocks: Markup): string => blocks.map(textOf).filter(Boolean).join('\n\n')

function textOf(block: Block): string {
  switch (block.t) {
    case 'p':
      return lineOf(block.c)
    // Who quotes does not quote the quoted.
    case 'quote':
      return ''
    case 'list':
      return block.items.map((item) => `- ${plainText(item)}`).join('\n')
    case 'pre':
      return block.text
  }
}

const lineOf = (pieces: readonly Inline[]): string =>
  pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      switch (piece.t) {
        case 'code':
          return piece.text
        case 'br':
          return '\n'
        case 'mention':
          return `@${piece.name}`
        case 'image':
          return piece.alt
        default:
          return lineOf(piece.c)
      }
    })
    .join('')
