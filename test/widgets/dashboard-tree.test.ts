import { expect } from '@open-wc/testing'
import type { CascadeTree } from '../../server/contract/reports.ts'
import { type Branches, buildBranches, chainOf } from '../../widgets/dashboard/tree/branches.ts'
import { bringInto, firstLook, fitAll, panBy, READABLE, zoomAt } from '../../widgets/dashboard/tree/camera.ts'
import { fittingLimits } from '../../widgets/dashboard/tree/fitting.ts'
import { moveInTree } from '../../widgets/dashboard/tree/keys.ts'
import { boxOf, layTree } from '../../widgets/dashboard/tree/layout.ts'
import {
  chooseUnasked,
  LIMITS,
  type Openings,
  pin,
  type Shown,
  STEP,
  showMore,
  showTree,
  toggle,
} from '../../widgets/dashboard/tree/visible-tree.ts'

/** A cascade from each share's parent (−1 for the root), and the shares that somebody bought through. */
function cascade(parents: readonly number[], buyers: readonly number[] = []): CascadeTree {
  const below = parents.map(() => 0)
  const depth = parents.map(() => 0)
  for (const [index, parent] of parents.entries()) depth[index] = parent < 0 ? 0 : (depth[parent] ?? 0) + 1
  for (let index = parents.length - 1; index > 0; index--) {
    const parent = parents[index] ?? 0
    below[parent] = (below[parent] ?? 0) + (below[index] ?? 0) + 1
  }
  return {
    root: 's0',
    url: 'https://shop.example/',
    size: parents.length,
    depth: Math.max(...depth),
    breadth: 1,
    virality: 1,
    visits: parents.length,
    conversions: buyers.length,
    truncated: false,
    shares: parents.map((parent, index) => ({
      code: `s${index}`,
      parent: parent < 0 ? null : `s${parent}`,
      depth: depth[index] ?? 0,
      person: { id: `person${index}`, name: null },
      channel: 'copy',
      at: '2026-11-22T00:00:00Z',
      below: below[index] ?? 0,
      visits: 1,
      conversions: 0,
    })),
    buyers: buyers.map((share, index) => ({
      id: `b${index}`,
      share: `s${share}`,
      person: { id: `buyer${index}`, name: null },
      name: 'purchase',
      value: { currency: 'EUR', amount: 4900 },
      proved: true,
      at: '2026-11-22T00:00:00Z',
    })),
  }
}

const star = (n: number) => [-1, ...Array.from({ length: n - 1 }, () => 0)]
const path = (n: number) => Array.from({ length: n }, (_, index) => index - 1)
/** A recursive tree by a fixed pseudo-random sequence. */
const wild = (n: number) => {
  let seed = 7
  const next = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  return Array.from({ length: n }, (_, index) => (index === 0 ? -1 : Math.floor(next() ** 2 * index)))
}

const untouched: Openings = { open: new Map() }
const linked = (tree: CascadeTree) => buildBranches(tree) as Branches
const show = (branches: Branches, openings = untouched, limits = LIMITS) =>
  showTree(branches, chooseUnasked(branches, limits), openings)
const flat = (node: Shown): Shown[] => [node, ...node.children.flatMap(flat)]
const find = (tree: Shown, id: string) => flat(tree).find((node) => node.id === id) as Shown
const ids = (tree: Shown) => flat(tree).map((node) => node.id)

describe('what is shown of a cascade', () => {
  const shapes: [string, CascadeTree][] = [
    ['one share', cascade([-1])],
    ['a chain of three', cascade(path(3), [2])],
    ['a star of 399', cascade(star(399), [3, 3, 5])],
    ['a chain of 1,000', cascade(path(1_000), [999])],
    ['10,000 shares', cascade(wild(10_000), [9_999, 500, 500, 20])],
  ]
  for (const [name, tree] of shapes) {
    it(`never counts a node of ${name} twice or not at all`, () => {
      const branches = linked(tree)
      const opened = {
        open: new Map([
          ['s0', 60],
          ['s1', 0],
          ['s3', 2],
        ]),
        pinned: tree.shares.at(-1)?.code,
      }
      for (const openings of [untouched, opened]) {
        const shown = flat(show(branches, openings))
        const real = shown.filter(({ kind }) => kind !== 'more')
        const closed = real.filter(({ children }) => children.length === 0)
        const hidden = [...shown.filter(({ kind }) => kind === 'more'), ...closed]
        const sum = real.length + hidden.reduce((total, node) => total + node.hidden, 0)
        expect(sum).to.equal(tree.shares.length + tree.buyers.length)
        expect(new Set(shown.map(({ id }) => id)).size).to.equal(shown.length)
      }
    })

    it(`shows no more of ${name} than the budget, unasked`, () => {
      const real = flat(show(linked(tree))).filter(({ kind }) => kind !== 'more')
      // One node may come on top where it takes the room of “+1 more”.
      const spared = real.filter(({ children, hidden }) => children.length > 0 && hidden === 0).length
      expect(real.length).to.be.at.most(LIMITS.budget + spared)
    })
  }

  it('shows all of a small cascade', () => {
    expect(ids(show(linked(cascade(path(4), [3]))))).to.deep.equal(['s0', 's1', 's2', 's3', 'b0'])
  })

  it('prefers the branch in which somebody bought', () => {
    const parents = [-1, 0, 0, 0, 1, 1, 1, 2]
    const shown = show(linked(cascade(parents, [7])), untouched, { budget: 4, breadth: 24 })
    expect(ids(shown)).to.deep.equal(['s0', 's2', 's7', 'b0', 'more:s0'])
    expect(find(shown, 'more:s0').hidden).to.equal(5)
  })

  it('shows one more rather than “+1 more”', () => {
    const shown = show(linked(cascade(star(4))), untouched, { budget: 3, breadth: 24 })
    expect(ids(shown)).to.deep.equal(['s0', 's1', 's2', 's3'])
  })

  it('closes and opens one branch and moves nothing else', () => {
    const branches = linked(cascade(wild(600)))
    const before = show(branches)
    const branch = before.children[0] as Shown
    const closed = toggle(untouched, branch)
    const after = show(branches, closed)
    const kept = ids(before).filter((id) => !ids(branch).includes(id) || id === branch.id)
    expect(ids(after)).to.deep.equal(kept)
    expect(find(after, branch.id).hidden).to.equal((branch.source.weight ?? 0) - 1)
    const reopened = show(branches, toggle(closed, find(after, branch.id)))
    expect(find(reopened, branch.id).children.length).to.be.greaterThan(0)
  })

  it('adds the next ones for “+n more”, until all are there', () => {
    const branches = linked(cascade(star(100)))
    let openings = untouched
    let tree = show(branches)
    for (let presses = 0; presses < 5; presses++) {
      const more = tree.children.find(({ kind }) => kind === 'more')
      if (!more) break
      const shown = tree.children.length - 1
      openings = showMore(openings, more, shown)
      tree = show(branches, openings)
      const now = tree.children.filter(({ kind }) => kind !== 'more').length
      expect(now).to.be.at.least(Math.min(99, shown + STEP))
    }
    expect(tree.children).to.have.length(99)
    expect(tree.children.some(({ kind }) => kind === 'more')).to.equal(false)
  })

  it('brings a hidden node into sight with its whole chain', () => {
    const branches = linked(cascade(wild(5_000)))
    const last = branches.byId.get('s4999')
    if (!last) throw new Error('no such share')
    const chain = chainOf(last).map(({ id }) => id)
    const above = chain[1] ?? 's0'
    const shown = show(branches, pin({ open: new Map([[above, 0]]) }, last))
    expect(ids(shown)).to.include.members(chain)
  })

  it('leaves out shares whose parent was cut off', () => {
    const tree = cascade(path(3))
    tree.shares.splice(1, 1)
    expect(ids(show(linked(tree)))).to.deep.equal(['s0'])
    expect(buildBranches({ ...tree, shares: [] })).to.equal(undefined)
  })

  it('chooses within a frame what can be read at one look', () => {
    const branches = linked(cascade(star(399)))
    const limits = fittingLimits(branches, 500)
    expect(boxOf(layTree(show(branches, untouched, limits))).height).to.be.at.most(500)
    expect(limits.budget).to.be.greaterThan(10)
  })

  it('takes little time for 10,000 nodes', () => {
    const tree = cascade(wild(10_000))
    const start = performance.now()
    layTree(show(linked(tree)))
    expect(performance.now() - start).to.be.lessThan(500)
  })
})

describe('the keys of the tree', () => {
  // s0 → s1 → s3, s2 (closed, with s4 below)
  const branches = linked(cascade([-1, 0, 0, 1, 2]))
  const placed = layTree(show(branches, { open: new Map([['s2', 0]]) }))
  const at = (id: string) => placed.find(({ node }) => node.id === id) as (typeof placed)[number]
  const moves = [
    ['s0', 'ArrowDown', 'focus', 's1'],
    ['s1', 'ArrowUp', 'focus', 's0'],
    ['s0', 'ArrowUp', undefined, undefined],
    ['s0', 'ArrowRight', 'focus', 's1'],
    ['s2', 'ArrowRight', 'toggle', 's2'],
    ['s3', 'ArrowRight', undefined, undefined],
    ['s1', 'ArrowLeft', 'toggle', 's1'],
    ['s3', 'ArrowLeft', 'focus', 's1'],
    ['s2', 'ArrowLeft', 'focus', 's0'],
    ['s0', 'End', 'focus', 's2'],
    ['s2', 'Home', 'focus', 's0'],
    ['s0', 'a', undefined, undefined],
  ] as const
  for (const [from, key, what, to] of moves) {
    it(`${key} on ${from}: ${what ? `${what} ${to}` : 'nothing'}`, () => {
      const move = moveInTree(placed, at(from), key)
      expect(move && Object.entries(move).map(([name, { node }]) => [name, node.id])[0]).to.deep.equal(
        what ? [what, to] : undefined,
      )
    })
  }
})

describe('the camera', () => {
  const box = { left: -20, top: -500, width: 1_000, height: 1_000 }
  const size = { width: 600, height: 400 }

  it('zooms about the pointer', () => {
    const before = { x: 10, y: 20, scale: 1 }
    const after = zoomAt(before, 110, 220, 1.5)
    expect((110 - after.x) / after.scale).to.be.closeTo(100, 1e-9)
    expect((220 - after.y) / after.scale).to.be.closeTo(200, 1e-9)
  })

  it('shows all of a small tree and the readable beginning of a large one', () => {
    expect(fitAll(box, size).scale).to.equal(0.4)
    expect(firstLook(box, size).scale).to.equal(READABLE)
    expect(firstLook({ ...box, width: 300, height: 200, top: -100 }, size).scale).to.be.at.least(READABLE)
  })

  it('never loses the tree', () => {
    const far = panBy({ x: 0, y: 0, scale: 1 }, 1e6, -1e6, box, size)
    expect(far.x + box.left).to.be.lessThan(size.width)
    expect(far.y + box.top + box.height).to.be.greaterThan(0)
  })

  it('brings a node into sight and stays where it is seen already', () => {
    const camera = { x: 0, y: 0, scale: 1 }
    expect(bringInto(camera, 100, 100, size)).to.deep.equal(camera)
    const moved = bringInto(camera, 5_000, -300, size)
    expect(5_000 + moved.x).to.be.within(0, size.width)
    expect(-300 + moved.y).to.be.within(0, size.height)
  })
})
