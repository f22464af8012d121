import { deriveSlowly } from './proof-slow.ts'

/** A challenge of ALTCHA v2 (altcha-lib), as an answer 428 gives it. */
interface Challenge {
  parameters: {
    algorithm: string
    /** Hexadecimal, like the salt and the prefix. */
    nonce: string
    salt: string
    /** Rounds of PBKDF2 for one guess. */
    cost: number
    /** In bytes. */
    keyLength: number
    /** What the key of the right counter begins with. */
    keyPrefix: string
  }
}

const bytes = (hex: string) =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
const hex = (from: Uint8Array) => [...from].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * Solves a challenge; answers the proof as base64 of JSON. The browser derives keys on threads of its own, so that no
 * worker is needed, which a page's policy may forbid; pages without TLS have to do it themselves, a slice at a time.
 */
export async function solve(challenge: unknown, progress: (part: number) => void): Promise<string> {
  const { parameters } = challenge as Challenge
  const { keyPrefix, salt, nonce, cost, keyLength, algorithm } = parameters
  if (algorithm !== 'PBKDF2/SHA-256') throw new Error(`No solver for ${algorithm}`)
  const derive = crypto.subtle ? deriveQuickly : deriveSlowly
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0])
  const view = new DataView(password.buffer)
  const guess = (counter: number) => {
    view.setUint32(password.length - 4, counter)
    return derive(password.slice(), bytes(salt), cost, keyLength)
  }
  const guesses = 16 ** keyPrefix.length
  const atOnce = crypto.subtle ? (navigator.hardwareConcurrency ?? 2) : 1
  for (let first = 0; ; first += atOnce) {
    const keys = await Promise.all(Array.from({ length: atOnce }, (_, at) => guess(first + at)))
    const found = keys.findIndex((key) => hex(key).startsWith(keyPrefix))
    if (found >= 0) {
      const solution = { counter: first + found, derivedKey: hex(keys[found] as Uint8Array) }
      return btoa(JSON.stringify({ challenge, solution }))
    }
    // Nobody knows when luck comes: the chance that it would have come by now.
    progress(1 - (1 - 1 / guesses) ** (first + atOnce))
  }
}

async function deriveQuickly(
  password: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  length: number,
): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8))
}
