import type { Block, Inline, Markup } from '../contract/markup.ts'

const inlineText = (pieces: readonly Inline[]): string =>
  pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if ('c' in piece) return inlineText(piece.c)
      if (piece.t === 'code') return piece.text
      if (piece.t === 'mention') return `@${piece.name}`
      return piece.t === 'image' ? piece.alt : '\n'
    })
    .join('')

function blockText(block: Block): string {
  if (block.t === 'p') return inlineText(block.c)
  if (block.t === 'pre') return block.text
  if (block.t === 'quote') return plainText(block.c).replace(/^/gm, '> ')
  return block.items
    .map((item, n) => `${block.ordered ? `${block.start + n}.` : '-'} ${plainText(item)}`)
    .join('\n')
}

/** A comment as text alone: what marks it is left out, what quotes and lists are stays visible. */
export const plainText = (markup: Markup): string => markup.map(blockText).join('\n\n')
