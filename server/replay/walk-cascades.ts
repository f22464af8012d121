import type { Cascade, Repost } from './cascade.ts'

/** One repost's place, as given to the walk's action. */
export interface Step {
  cascade: Cascade
  repost: Repost
  /** The repost it came through; null for a root. */
  parent: Repost | null
}

interface WalkOptions {
  /** Index of the cascade to begin with. */
  from: number
  /** Actions under way at once. */
  concurrency: number
  act: (step: Step) => Promise<void>
  /** Told after each action how many leading cascades are finished. */
  onFinished: (cascades: number) => void
}

/** Acts on every repost, never before its parent's action has ended; independent ones go side by side. */
export async function walkCascades(cascades: Cascade[], options: WalkOptions): Promise<void> {
  const { concurrency, act, onFinished } = options
  const ready: { at: number; index: number }[] = []
  const open = new Map<number, { left: number; children: number[][] }>()
  let next = options.from

  const begin = (at: number): void => {
    const { reposts } = cascades[at] ?? { reposts: [] }
    const children: number[][] = reposts.map(() => [])
    for (const [index, { parent }] of reposts.entries()) {
      if (parent === null) ready.push({ at, index })
      else children[parent]?.push(index)
    }
    open.set(at, { left: reposts.length, children })
  }

  const finish = ({ at, index }: { at: number; index: number }): void => {
    const tree = open.get(at)
    if (!tree) return
    for (const child of tree.children[index] ?? []) ready.push({ at, index: child })
    if (--tree.left === 0) open.delete(at)
    // A Map keeps the order of insertion: its first key is the earliest cascade still open.
    onFinished(open.keys().next().value ?? next)
  }

  await new Promise<void>((resolve, reject) => {
    let running = 0
    let failure: unknown = null

    const take = () => {
      if (ready.length === 0 && next < cascades.length) begin(next++)
      return ready.shift()
    }
    const pump = (): void => {
      while (!failure && running < concurrency) {
        const place = take()
        if (!place) break
        running++
        act(stepAt(cascades, place))
          .then(() => finish(place))
          .catch((error) => {
            failure ??= error
          })
          .finally(() => {
            running--
            pump()
          })
      }
      if (running === 0) failure ? reject(failure) : resolve()
    }
    pump()
  })
}

function stepAt(cascades: Cascade[], { at, index }: { at: number; index: number }): Step {
  const cascade = cascades[at]
  const repost = cascade?.reposts[index]
  if (!cascade || !repost) throw new RangeError(`No repost ${index} in cascade ${at}`)
  return { cascade, repost, parent: repost.parent === null ? null : (cascade.reposts[repost.parent] ?? null) }
}
