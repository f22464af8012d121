import { hash } from 'node:crypto'

/** The hash a secret is stored and looked up by. Our secrets are random, so a plain SHA-256 is enough. */
export const hashSecret = (secret: string): string => hash('sha256', secret, 'base64url')

/** A shorter hash for what stands in very many rows: 132 bits. */
export const fingerprint = (text: string): string => hashSecret(text).slice(0, 22)
