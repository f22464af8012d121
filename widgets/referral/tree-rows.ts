import type { Referral } from '../../server/contract/referral.ts'

type Node = Referral['tree']['nodes'][number]

/** Somebody in the tree, with those who passed it on after them. */
export interface Branch {
  name: string | null
  you: boolean
  visits: number
  conversions: number
  below: Branch[]
}

/** The tree of a person's shares with all their own links as one, since a link is not what they look for. */
export function branches(nodes: readonly Node[]): Branch {
  const root: Branch = { name: null, you: true, visits: 0, conversions: 0, below: [] }
  const known = new Map<string, Branch>()
  for (const { id, parent, name, you, visits, conversions } of nodes) {
    const above = parent === null ? undefined : known.get(parent)
    if (!above) {
      root.visits += visits
      root.conversions += conversions
      known.set(id, root)
      continue
    }
    const branch = { name, you, visits, conversions, below: [] }
    above.below.push(branch)
    known.set(id, branch)
  }
  return root
}
