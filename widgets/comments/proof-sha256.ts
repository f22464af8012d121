/** The first 32 bits of the fractional part of a root of each of the first primes: FIPS 180-4, §4.2.2 and §5.3.3. */
const rootsOf = (count: number, power: number): Int32Array => {
  const roots = new Int32Array(count)
  for (let prime = 2, at = 0; at < count; prime++) {
    let divisor = 2
    while (prime % divisor) divisor++
    if (divisor === prime) roots[at++] = (prime ** power % 1) * 2 ** 32
  }
  return roots
}
const ROUND = rootsOf(64, 1 / 3)

/** What a hash begins with. */
export const START = rootsOf(8, 1 / 2)

const words = new Int32Array(64)

/** One step of SHA-256 over the 16 words of a block (FIPS 180-4, §6.2.2); answers the next state. */
export function step(state: Int32Array, block: Int32Array): Int32Array {
  words.set(block)
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let at = 0; at < 64; at++) {
    if (at > 15) {
      const [x, y] = [words[at - 15] as number, words[at - 2] as number]
      words[at] =
        (words[at - 16] as number) +
        (words[at - 7] as number) +
        (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)) +
        (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10))
    }
    const one =
      h +
      (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) +
      ((e & f) ^ (~e & g)) +
      (ROUND[at] as number) +
      (words[at] as number)
    const two =
      (((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) +
      ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  return Int32Array.of(a, b, c, d, e, f, g, h).map((word, at) => word + (state[at] as number))
}

/** The words of a message's blocks, padded (§5.1.1); `before` bytes went ahead of it. */
export function blocksOf(message: Uint8Array, before = 0): Int32Array[] {
  const padded = new Uint8Array(((message.length + 72) >> 6) << 6)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 4, (message.length + before) * 8)
  return Array.from({ length: padded.length / 64 }, (_, block) =>
    Int32Array.from({ length: 16 }, (_, word) => view.getInt32(block * 64 + word * 4)),
  )
}

/** The words of a state as bytes. */
export function bytesOf(state: Int32Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(32))
  for (const [at, word] of state.entries()) view.setInt32(at * 4, word)
  return new Uint8Array(view.buffer)
}

/** SHA-256, for pages without TLS, where the browser gives none. */
export const sha256 = (message: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytesOf(blocksOf(message).reduce(step, START))
