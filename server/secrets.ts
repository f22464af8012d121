import { createHash } from 'node:crypto'

/** The hash a secret is stored and looked up by. Our secrets are random, so a plain SHA-256 is enough. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
