import { AppError } from './errors.ts'

/** What a schema finds wrong: zod's issue, as far as it is told. */
interface Issue {
  code?: string
  path: readonly PropertyKey[]
  message: string
  keys?: readonly string[]
  /** Of a union: what is wrong by each of its options. */
  errors?: readonly (readonly Issue[])[]
  origin?: string
  expected?: string
  minimum?: number | bigint
  maximum?: number | bigint
  values?: readonly unknown[]
}

/** One refusal out of zod's issues: what is wrong, and where. */
export function invalid(issues: readonly Issue[], target?: string): AppError {
  const issue = nearestIssue(issues[0])
  const path = [...(issue?.path ?? []), ...(issue?.keys?.slice(0, 1) ?? [])]
  const field = path.reduce<string>(
    (before, key) =>
      typeof key === 'number' ? `${before}[${key}]` : before ? `${before}.${String(key)}` : String(key),
    '',
  )
  return new AppError('invalid', inWords(issue), field ? { field } : target ? { field: target } : {})
}

/** Of something that may be one thing or another: what is wrong by the option that it comes nearest to, if one is. */
function nearestIssue(issue: Issue | undefined): Issue | undefined {
  const [first, second] = (issue?.errors ?? []).toSorted((a, b) => a.length - b.length)
  const inner = first && first.length !== second?.length ? nearestIssue(first[0]) : undefined
  return issue && inner ? { ...inner, path: [...issue.path, ...inner.path] } : issue
}

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** What is wrong, so that it reads after the field's name. Where a schema says it in words of its own, those. */
function inWords(issue: Issue | undefined): string {
  if (!issue) return 'is not what we expect'
  if (issue.keys) return 'is not a field we know'
  const { code, message, origin, expected = '', minimum, maximum, values = [] } = issue
  if (!/^(Too (big|small)|Invalid)\b/.test(message)) return message
  if (code === 'too_big') return over(origin, `${maximum}`)
  if (code === 'too_small') return under(origin, `${minimum}`)
  if (code === 'invalid_value') return `is none of ${values.join(', ')}`
  if (code === 'invalid_type')
    return message.endsWith('received undefined') ? 'is missing' : `is not ${KINDS[expected] ?? expected}`
  return 'is not what we expect'
}

function over(origin: string | undefined, most: string): string {
  if (origin === 'string') return `is longer than ${most} characters`
  return origin === 'array' ? `has more than ${most} entries` : `is more than ${most}`
}

function under(origin: string | undefined, least: string): string {
  if (origin === 'string') return least === '1' ? 'is empty' : `is shorter than ${least} characters`
  return origin === 'array' ? `has fewer than ${least} entries` : `is less than ${least}`
}
