import { pageIdentity } from './rules.ts'

/** A move, as far as it says where to. `from_url` is an identity, `to_url` a URL. */
export interface MoveRule {
  from_url: string
  to_url: string
  prefix: number
}

/** Most moves that one page may have made one after the other. */
export const MOST_HOPS = 16
/** Most beginnings of one URL that are looked for: paths are seldom deeper. */
const MOST_BEGINNINGS = 64

/** The identity of the page at a URL of ours. */
export const toIdentity = (url: string): string => pageIdentity(new URL(url))

/** All that a move may be told by for it to hold here: the identity itself, and what it begins with, up to a slash. */
export function beginningsOf(identity: string): string[] {
  const path = identity.split('?', 1)[0] ?? ''
  const parts = path.split('/')
  const whole = parts.slice(0, MOST_BEGINNINGS).map((_, n) => parts.slice(0, n + 1).join('/'))
  return [...new Set([identity, ...whole])]
}

/** Where these moves lead from here: one page's own move before that of all, the longer beginning before the shorter. */
export function nextMove(moves: readonly MoveRule[], identity: string): string | undefined {
  const [move] = moves
    .filter(({ from_url, prefix }) =>
      prefix === 0 ? from_url === identity : beginningsOf(identity).includes(from_url),
    )
    .sort((a, b) => a.prefix - b.prefix || b.from_url.length - a.from_url.length)
  if (!move) return undefined
  return move.prefix === 0
    ? move.to_url
    : `${move.to_url.replace(/\/+$/, '')}${identity.slice(move.from_url.length)}`
}

/** Whether somebody who follows these moves would never arrive, wherever a move begins. */
export function runsInCircle(moves: readonly MoveRule[]): boolean {
  const byFrom = Map.groupBy(moves, ({ from_url }) => from_url)
  return moves.some(({ from_url }) => {
    let at = from_url
    for (let hop = 0; hop <= MOST_HOPS; hop++) {
      const next = nextMove(
        beginningsOf(at).flatMap((beginning) => byFrom.get(beginning) ?? []),
        at,
      )
      if (next === undefined) return false
      at = toIdentity(next)
    }
    return true
  })
}
