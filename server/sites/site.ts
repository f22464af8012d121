import type { Database } from '../db/schema.ts'

/** A tenant as the server knows it. */
export interface Site {
  id: string
  name: string
  origins: string[]
  publishableKey: string
  createdAt: number
}

/** A site out of its row. */
export const siteOfRow = (row: Database['site']): Site => ({
  id: row.site_id,
  name: row.name,
  origins: JSON.parse(row.origins) as string[],
  publishableKey: row.publishable_key,
  createdAt: row.created_at,
})
