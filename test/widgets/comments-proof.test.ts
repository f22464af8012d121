import { expect } from '@open-wc/testing'
import { solve } from '../../widgets/comments/proof.ts'
import { sha256 } from '../../widgets/comments/proof-sha256.ts'
import { deriveSlowly } from '../../widgets/comments/proof-slow.ts'

const hex = (bytes: Uint8Array | ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

async function derived(password: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>, iterations: number) {
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256)
}

const challenge = (algorithm = 'PBKDF2/SHA-256') => {
  const [nonce, salt] = [hex(random(16)), hex(random(16))]
  return { parameters: { algorithm, nonce, salt, cost: 10, keyLength: 32, keyPrefix: '0' }, signature: 'aa' }
}

describe('a proof of work', () => {
  it('hashes as the browser does, for pages where the browser does not', async () => {
    for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1_000]) {
      const message = random(length)
      expect(hex(sha256(message)), `${length}`).to.equal(hex(await crypto.subtle.digest('SHA-256', message)))
    }
  })

  it('derives keys as the browser does', async () => {
    for (const iterations of [1, 2, 1_000]) {
      const [password, salt] = [random(20), random(16)]
      const own = hex(await deriveSlowly(password, salt, iterations, 32))
      expect(own).to.equal(hex(await derived(password, salt, iterations)))
    }
  })

  for (const secure of [true, false])
    it(`is found ${secure ? 'by the browser’s own threads' : 'without them, leaving the page its turns'}`, async () => {
      const { subtle } = crypto
      const asked = challenge()
      const parts: number[] = []
      let proof: string
      if (!secure) Object.defineProperty(crypto, 'subtle', { configurable: true, value: undefined })
      try {
        proof = await solve(asked, (part) => parts.push(part))
      } finally {
        Object.defineProperty(crypto, 'subtle', { configurable: true, value: subtle })
      }
      const { challenge: back, solution } = JSON.parse(atob(proof))
      expect(back).to.deep.equal(asked)
      const password = new Uint8Array(20)
      const bytes = (text: string) =>
        Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
      password.set(bytes(asked.parameters.nonce))
      new DataView(password.buffer).setUint32(16, solution.counter)
      const key = hex(await derived(password, bytes(asked.parameters.salt), 10))
      expect(key).to.equal(solution.derivedKey)
      expect(key[0]).to.equal('0')
      expect(parts.every((part) => part > 0 && part < 1)).to.equal(true)
    })

  it('is not tried where the work is of another kind', async () => {
    const refused = await solve(challenge('SCRYPT'), () => undefined).catch((error: Error) => error.message)
    expect(refused).to.equal('No solver for SCRYPT')
  })
})
