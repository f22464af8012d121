import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto'

/** What turns the 32 bytes of an Ed25519 private key into PKCS #8 (RFC 8410 §7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key pair that follows from an installation's secret: HKDF-SHA256 (RFC 5869), so that nothing else shares it. */
export function receiptKey(secret: string): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'grapevine receipt signature 1', 32))
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

/** The public half of a key, base64url of its 32 bytes. */
export const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'jwk' }).x as string

/** JSON with its keys in order and no space, as RFC 8785 has it: one text for one value. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`)
  return `{${fields.join(',')}}`
}

/** Signs a value: Ed25519 (RFC 8032) over its canonical JSON, base64url. */
export const signValue = (value: unknown, key: KeyObject): string =>
  sign(null, Buffer.from(canonicalJson(value)), key).toString('base64url')

/** Whether this public key's owner signed exactly this value. */
export function isSignedBy(value: unknown, signature: string, publicKey: string): boolean {
  if (![signature, publicKey].every(isBase64Url)) return false
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    return verify(null, Buffer.from(canonicalJson(value)), key, Buffer.from(signature, 'base64url'))
  } catch {
    return false // What is no key has signed nothing.
  }
}

/** Whether a text is the one that its bytes are written as: decoders take others for the same, too. */
const isBase64Url = (text: string): boolean => Buffer.from(text, 'base64url').toString('base64url') === text
