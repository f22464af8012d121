import { AppError } from './errors.ts'

/** Deepest nesting of a JSON body. */
const MAX_DEPTH = 32
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The one gate that every JSON body passes, on every database alike: well-formed UTF-8 and JSON, bounded nesting,
 * no NUL, no lone surrogate, no number that a double cannot hold exactly as an integer; strings in NFC.
 */
export function readJsonBody(bytes: ArrayBuffer): string {
  const text = decode(bytes)
  if (text.trim() === '') throw new AppError('malformed', 'The body is empty; send JSON')
  checkNesting(text)
  const value = parse(text)
  if (typeof value === 'object') checkValue(value, '')
  else checkValue(value, 'json')
  return text.isWellFormed() && text === text.normalize('NFC') && !text.includes('\\u')
    ? text
    : JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === 'string' ? inner.normalize('NFC') : inner,
      )
}

function decode(bytes: ArrayBuffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new AppError('malformed', 'The body is not UTF-8')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('malformed', 'The body is not JSON')
  }
}

/** Counts brackets before parsing, so that a deep body costs no deep stack. */
function checkNesting(text: string): void {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i)
    if (quoted) {
      if (character === 92) i++
      else if (character === 34) quoted = false
    } else if (character === 34) quoted = true
    else if (character === 91 || character === 123) {
      if (++depth > MAX_DEPTH)
        throw new AppError('malformed', `The body nests deeper than ${MAX_DEPTH} levels`)
    } else if (character === 93 || character === 125) depth--
  }
}

function checkValue(value: unknown, field: string): void {
  if (typeof value === 'string') checkText(value, field)
  else if (typeof value === 'number') checkNumber(value, field)
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkValue(item, `${field}[${index}]`)
  } else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      checkText(name, field)
      checkValue(inner, field ? `${field}.${name}` : name)
    }
  }
}

/** Refuses text that PostgreSQL cannot store or that is no Unicode. */
export function checkText(text: string, field: string): void {
  if (text.includes('\0')) throw new AppError('invalid', 'contains a NUL character', { field })
  if (!text.isWellFormed()) throw new AppError('invalid', 'contains a lone surrogate', { field })
}

function checkNumber(number: number, field: string): void {
  if (!Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))) {
    throw new AppError('invalid', 'is beyond ±(2^53 − 1)', { field })
  }
}
