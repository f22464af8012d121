import { nanoid } from 'nanoid'
import { CODE_RANDOM_LENGTH, TOKEN_RANDOM_LENGTH } from '../../server/contract/limits.ts'
import { siteId } from './settings.ts'
import { keep, recall, storageAllowed } from './storage.ts'

/** This person's token on this site, born when first asked for; undefined where nothing may identify. */
export function personToken(): string | undefined {
  if (!storageAllowed()) return undefined
  let token = recall('token')
  if (!token) {
    token = `pt_${nanoid(TOKEN_RANDOM_LENGTH)}`
    keep('token', token)
  }
  return token
}

/** A new share code: the site's id, then a nanoid. */
export const newCode = (): string => siteId() + nanoid(CODE_RANDOM_LENGTH)

/** A new idempotency key. */
export const newKey = (): string => nanoid()
