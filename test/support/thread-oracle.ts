import { wilson } from '../../server/comments/rules.ts'
import type { Bench, TestSite } from './databases.ts'

/** What is counted of each thread and each comment, counted anew from states, votes and reactions alone. */
export async function recountThreads({ deps: { read } }: Bench, site: TestSite) {
  const of = <T extends 'comment' | 'thread' | 'comment_vote' | 'comment_reaction'>(table: T) =>
    read
      .selectFrom(table as 'comment')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute() as Promise<unknown>
  const comments = (await of('comment')) as Row[]
  const threads = (await of('thread')) as { page_id: string; comments: number }[]
  const votes = (await of('comment_vote')) as { comment_id: string; value: number }[]
  const reactions = (await of('comment_reaction')) as { comment_id: string; emoji: string }[]
  const children = Map.groupBy(comments, ({ parent_id }) => parent_id)
  const visible = (row: Row) => row.state === 'visible' && row.shadow === 0
  /** Whether anything visible is in the tree under a comment, itself included. */
  const lives = (row: Row): boolean => visible(row) || (children.get(row.id) ?? []).some(lives)
  const visibleBelow = (row: Row): number =>
    (children.get(row.id) ?? []).reduce((sum, child) => sum + Number(visible(child)) + visibleBelow(child), 0)
  const expected = comments.map((row) => {
    const own = votes.filter(({ comment_id }) => comment_id === row.id)
    const ups = own.filter(({ value }) => value === 1).length
    const downs = own.length - ups
    const given = reactions.filter(({ comment_id }) => comment_id === row.id)
    return {
      id: row.id,
      shown: Number(lives(row)),
      replies: (children.get(row.id) ?? []).filter(lives).length,
      below: row.parent_id === null ? visibleBelow(row) : 0,
      ups,
      downs,
      best: Math.round(wilson(ups, downs) * 1e9),
      reactions: [...Map.groupBy(given, ({ emoji }) => emoji)]
        .map(([emoji, all]) => `${emoji} ${all.length}`)
        .sort(),
    }
  })
  const kept = comments.map(({ id, shown, replies, below, ups, downs, best, reactions }) => ({
    ...{ id, shown, replies, below, ups, downs, best },
    reactions: Object.entries(JSON.parse(reactions) as object)
      .map(([emoji, count]) => `${emoji} ${count}`)
      .sort(),
  }))
  return {
    expected,
    kept,
    counts: {
      expected: threads.map(
        ({ page_id }) => comments.filter((row) => row.page_id === page_id && visible(row)).length,
      ),
      kept: threads.map(({ comments }) => comments),
    },
    /** What readers see, oldest first: each comment that lives, before its replies. */
    order: () => {
      const walk = (parent: string | null): [string, string][] =>
        (children.get(parent) ?? [])
          .filter(lives)
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .flatMap((row) => [
            [row.id, visible(row) ? 'visible' : row.state === 'deleted' ? 'deleted' : 'removed'] as [
              string,
              string,
            ],
            ...walk(row.id),
          ])
      return walk(null)
    },
  }
}

interface Row {
  id: string
  page_id: string
  parent_id: string | null
  state: string
  shadow: number
  shown: number
  replies: number
  below: number
  ups: number
  downs: number
  best: number
  reactions: string
}
