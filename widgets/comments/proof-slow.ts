import { blocksOf, bytesOf, START, step } from './proof-sha256.ts'

/** How long (ms) is reckoned before the page gets its turn. */
const SLICE_MS = 8

let since = 0

/** PBKDF2 with HMAC-SHA-256 (RFC 8018, §5.2) for passwords of up to a block and keys of up to a hash. */
export async function deriveSlowly(
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Promise<Uint8Array> {
  const keyed = (pad: number) => {
    const block = new Uint8Array(64).fill(pad)
    password.forEach((byte, at) => {
      block[at] = byte ^ pad
    })
    return step(START, blocksOf(block)[0] as Int32Array)
  }
  const [inner, outer] = [keyed(0x36), keyed(0x5c)]
  const hmac = (blocks: Int32Array[]) => {
    const [hashed] = blocksOf(bytesOf(blocks.reduce(step, inner)), 64)
    return step(outer, hashed as Int32Array)
  }
  // A hash and its padding are one block, made once.
  const [block = new Int32Array(16)] = blocksOf(new Uint8Array(32), 64)
  let last = hmac(blocksOf(Uint8Array.of(...salt, 0, 0, 0, 1), 64))
  const key = last.slice()
  for (let round = 1; round < iterations; round++) {
    block.set(last)
    block.set(step(inner, block))
    last = step(outer, block)
    for (let at = 0; at < 8; at++) key[at] = (key[at] as number) ^ (last[at] as number)
    if (round % 100 || performance.now() - since < SLICE_MS) continue
    await new Promise((resolve) => setTimeout(resolve))
    since = performance.now()
  }
  return bytesOf(key).slice(0, length)
}
