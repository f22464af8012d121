import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

interface Credential {
  id: Buffer
  key: KeyObject
  rpId: string
  userHandle: string
  counter: number
}

/** What it does otherwise than it should. */
export interface Odd {
  origin?: string
  rpId?: string
  type?: string
  challenge?: string
  /** Does not check that somebody is there. */
  absent?: boolean
  counter?: number
  crossOrigin?: boolean
  topOrigin?: string
  tampered?: boolean
  fmt?: string
}

interface CreationOptions {
  challenge: string
  rp: { id: string }
  user: { id: string }
}
interface RequestOptions {
  challenge: string
  rpId: string
}

const text = (value: string | Buffer): string => Buffer.from(value).toString('base64url')
const sha256 = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest()

/** CBOR (RFC 8949) of what an attestation needs: small integers, bytes, texts and maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, n: number): Buffer => {
    if (n < 24) return Buffer.from([(major << 5) | n])
    if (n < 256) return Buffer.from([(major << 5) | 24, n])
    return Buffer.from([(major << 5) | 25, n >> 8, n & 255])
  }
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const entries = [...value].flatMap(([key, inner]) => [cbor(key), cbor(inner as Buffer)])
  return Buffer.concat([head(5, value.size), ...entries])
}

/** A passkey device in software: ES256, no attestation, discoverable (Web Authentication Level 3). */
export function authenticator(origin: string) {
  const credentials: Credential[] = []
  const clientData = (type: string, challenge: string, odd: Odd) =>
    JSON.stringify({
      type: odd.type ?? type,
      challenge: odd.challenge ?? challenge,
      origin: odd.origin ?? origin,
      crossOrigin: odd.crossOrigin ?? false,
      ...(odd.topOrigin ? { topOrigin: odd.topOrigin } : {}),
    })
  /** §6.1: the party, flags (user present 1, verified 4, attested credential 64), the counter. */
  const authenticatorData = (rpId: string, flags: number, counter: number, attested = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, attested])
  }
  const shown = (id: Buffer) => ({
    id: text(id),
    rawId: text(id),
    type: 'public-key' as const,
    clientExtensionResults: {},
  })

  return {
    credentials,
    /** Answers `navigator.credentials.create`. */
    create({ challenge, rp, user }: CreationOptions, odd: Odd = {}) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const id = randomBytes(32)
      const rpId = odd.rpId ?? rp.id
      credentials.push({ id, key: privateKey, rpId, userHandle: user.id, counter: 0 })
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const cose = new Map<number, number | Buffer>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ])
      const length = Buffer.from([id.length >> 8, id.length & 255])
      const attested = Buffer.concat([Buffer.alloc(16), length, id, cbor(cose)])
      const data = authenticatorData(rpId, odd.absent ? 64 : 69, odd.counter ?? 0, attested)
      const attestation = new Map<string, string | Buffer | Map<string, unknown>>([
        ['fmt', odd.fmt ?? 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ])
      return {
        ...shown(id),
        response: {
          clientDataJSON: text(clientData('webauthn.create', challenge, odd)),
          attestationObject: text(cbor(attestation as Map<string, unknown>)),
          transports: ['internal'],
        },
      }
    },
    /** Answers `navigator.credentials.get`, with its first credential unless told which. */
    get({ challenge, rpId }: RequestOptions, odd: Odd = {}, which = 0) {
      const credential = credentials[which] as Credential
      credential.counter = odd.counter ?? credential.counter + 1
      const data = authenticatorData(odd.rpId ?? rpId, odd.absent ? 0 : 5, credential.counter)
      const client = clientData('webauthn.get', challenge, odd)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), credential.key)
      if (odd.tampered) signature[10] = (signature[10] as number) ^ 1
      return {
        ...shown(credential.id),
        response: {
          clientDataJSON: text(client),
          authenticatorData: text(data),
          signature: text(signature),
          userHandle: credential.userHandle,
        },
      }
    },
  }
}
export type Authenticator = ReturnType<typeof authenticator>
