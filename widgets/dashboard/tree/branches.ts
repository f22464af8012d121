import type { CascadeTree } from '../../../server/contract/reports.ts'

export type ShareOfTree = CascadeTree['shares'][number]
export type BuyerOfTree = CascadeTree['buyers'][number]

/** A share with everything that hangs under it: shares and buyers, the most interesting first. */
export interface Branch {
  kind: 'share'
  id: string
  share: ShareOfTree
  parent: Branch | undefined
  children: (Branch | Leaf)[]
  /** This node and everything below it, buyers too. */
  weight: number
  /** What decides who is shown first: see {@link buildBranches}. */
  interest: number
}

/** Somebody who bought: always a leaf. */
export interface Leaf {
  kind: 'buyer'
  id: string
  buyer: BuyerOfTree
  parent: Branch
  weight: 1
  interest: number
}

/** A cascade as linked branches, and each of its nodes by id (a share's code, a conversion's id). */
export interface Branches {
  root: Branch
  byId: ReadonlyMap<string, Branch | Leaf>
}

/** One conversion weighs as much as so many shares when branches compete for room. */
const BUYER_INTEREST = 24
const VISIT_INTEREST = 0.25

/**
 * Links the flat lists of a cascade. A branch is as interesting as the shares, the visits and above all the
 * conversions in it. Shares whose parent is missing (a truncated answer) are left out.
 */
export function buildBranches(tree: CascadeTree): Branches | undefined {
  const byId = new Map<string, Branch | Leaf>()
  const branches: Branch[] = []
  for (const share of tree.shares) {
    const above = share.parent === null ? undefined : byId.get(share.parent)
    const parent = above?.kind === 'share' ? above : undefined
    if (!parent && branches.length > 0) continue
    const interest = 1 + share.visits * VISIT_INTEREST
    const branch: Branch = { kind: 'share', id: share.code, share, parent, children: [], weight: 1, interest }
    parent?.children.push(branch)
    byId.set(branch.id, branch)
    branches.push(branch)
  }
  const root = branches[0]
  if (!root) return undefined
  for (const buyer of tree.buyers) {
    const parent = byId.get(buyer.share)
    if (parent?.kind !== 'share') continue
    const leaf: Leaf = { kind: 'buyer', id: buyer.id, buyer, parent, weight: 1, interest: BUYER_INTEREST }
    parent.children.push(leaf)
    parent.weight += 1
    parent.interest += BUYER_INTEREST
    byId.set(leaf.id, leaf)
  }
  for (const branch of branches.toReversed()) {
    branch.children.sort((a, b) => b.interest - a.interest)
    if (!branch.parent) continue
    branch.parent.weight += branch.weight
    branch.parent.interest += branch.interest
  }
  return { root, byId }
}

/** A node and its ancestors, nearest first. */
export function chainOf(node: Branch | Leaf): (Branch | Leaf)[] {
  const chain: (Branch | Leaf)[] = []
  for (let at: Branch | Leaf | undefined = node; at; at = at.parent) chain.push(at)
  return chain
}
