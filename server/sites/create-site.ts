import type { Work } from '../deps.ts'
import { newKey, newSiteId } from '../ids.ts'
import { hashSecret } from '../secrets.ts'
import { normalOrigin, siteName } from './rules.ts'
import type { Site } from './site.ts'
import { insertSecretKey, insertSite } from './store.ts'

/** Makes a tenant with its two keys. The secret key is stored hashed and never seen again. */
export async function createSite(
  { db, now }: Work,
  input: { name: string; origins: string[] },
): Promise<Site & { secretKey: string }> {
  const id = newSiteId()
  const site = {
    id,
    name: siteName(input.name),
    origins: [...new Set(input.origins.map(normalOrigin))],
    publishableKey: newKey('pk', id, 16),
    createdAt: now(),
  }
  const secretKey = newKey('sk', id, 32)
  await insertSite(db, site)
  await insertSecretKey(db, id, hashSecret(secretKey), secretKey.slice(-4), site.createdAt)
  return { ...site, secretKey }
}
