import type { Rule } from '../contract/programmes.ts'
import type { Detail, EarnedLine } from './detail.ts'

/** What a programme has given so far. */
export interface Standing {
  /** False when it pays for the buyer's first conversion only, and this is another. */
  first: boolean
  /** Conversions it has paid for. */
  conversions: number
  /** All that people got. */
  spent: number
  /** What each person got, and how often. */
  given: ReadonlyMap<string, { amount: number; rewards: number }>
}

/** What one person gets in one role: their lines together. `hop` and `share` are those of the nearest. */
export interface Owed {
  role: EarnedLine['role']
  person: string
  hop: number | null
  share: string | null
  amount: number
}

/** Adds up lines to one sum a person and role, in the order in which they first come. */
export function sumUp(lines: readonly EarnedLine[], of: 'amount' | 'allowed'): Owed[] {
  const sums = new Map<string, Owed>()
  for (const { role, person, hop, share, [of]: amount } of lines) {
    const sum = sums.get(`${role} ${person}`)
    if (sum) sum.amount += amount
    else sums.set(`${role} ${person}`, { role, person, hop, share, amount })
  }
  return [...sums.values()]
}

/**
 * What the limits leave of each line: they cut in the order of lines. What is cut is not taken from the programme, and
 * where nobody gets anything, nor does the house.
 */
export function limited(detail: Detail, { limits }: Rule, standing: Standing): Detail {
  const owed = sumUp(detail.lines, 'amount')
  const open = standing.first && (limits.totalRewards === null || standing.conversions < limits.totalRewards)
  const allowed = open ? allowedOf(owed, limits, standing) : owed.map(() => 0)
  const left = new Map(owed.map(({ role, person }, i) => [`${role} ${person}`, allowed[i] as number]))
  const lines = detail.lines.map((line) => {
    const key = `${line.role} ${line.person}`
    const some = Math.min(line.amount, left.get(key) as number)
    left.set(key, (left.get(key) as number) - some)
    return { ...line, allowed: some }
  })
  return { ...detail, lines, house: lines.some((line) => line.allowed > 0) ? detail.house : 0 }
}

function allowedOf(owed: readonly Owed[], limits: Rule['limits'], { spent, given }: Standing): number[] {
  const most = (limit: number | null) => limit ?? Number.MAX_SAFE_INTEGER
  const now = new Map<string, { amount: number; rewards: number }>()
  let budget = most(limits.budget) - spent
  return owed.map(({ person, amount }) => {
    const { amount: got, rewards } = now.get(person) ?? given.get(person) ?? { amount: 0, rewards: 0 }
    if (rewards >= most(limits.personRewards)) return 0
    const some = Math.max(0, Math.min(amount, most(limits.personAmount) - got, budget))
    if (some > 0) now.set(person, { amount: got + some, rewards: rewards + 1 })
    budget -= some
    return some
  })
}
