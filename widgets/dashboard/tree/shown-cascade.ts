import type { CascadeTree } from '../../../server/contract/reports.ts'
import { type Branch, type Branches, buildBranches, chainOf, type Leaf } from './branches.ts'
import { fittingLimits } from './fitting.ts'
import { type Box, boxOf, layTree, type Placed } from './layout.ts'
import type { NodeLook, SizedBy } from './node-template.ts'
import { chooseUnasked, LIMITS, type Openings, showTree } from './visible-tree.ts'

/** A cascade as it is laid out now: what is shown of it and where. */
export class ShownCascade {
  placed: readonly Placed[] = []
  box: Box = { left: 0, top: 0, width: 1, height: 1 }

  #branches: Branches | undefined
  #unasked: ReadonlyMap<Branch, number> = new Map()
  #limits = LIMITS

  /** Takes a cascade, or its successor after a change. */
  take(tree: CascadeTree): void {
    this.#branches = buildBranches(tree)
    this.#choose()
  }

  /** From now on shows as much unasked as is no taller than `height`, at zoom 1. */
  suit(height: number): void {
    if (this.#branches) this.#limits = fittingLimits(this.#branches, height)
    this.#choose()
  }

  /** Lays out what is shown unasked and what was opened by hand. */
  place(openings: Openings): void {
    if (!this.#branches) return
    this.placed = layTree(showTree(this.#branches, this.#unasked, openings))
    this.box = boxOf(this.placed)
  }

  /** The share or buyer of an id, shown or not. */
  source(id: string | undefined): Branch | Leaf | undefined {
    return id === undefined ? undefined : this.#branches?.byId.get(id)
  }

  /** The shown node of an id. */
  find(id: string | undefined): Placed | undefined {
    return this.placed.find(({ node }) => node.id === id)
  }

  /** What its nodes are drawn with. */
  look(chosen: string | undefined, focused: string, sizedBy: SizedBy): NodeLook {
    const counts = this.placed.map(({ node }) =>
      node.kind === 'share' && node.source.kind === 'share' ? node.source.share[sizedBy] : 0,
    )
    const source = this.source(chosen)
    const chain = new Set(source ? chainOf(source).map(({ id }) => id) : [])
    return { sizedBy, most: Math.max(0, ...counts), chosen, focused, chain }
  }

  #choose(): void {
    this.#unasked = this.#branches ? chooseUnasked(this.#branches, this.#limits) : new Map()
  }
}
