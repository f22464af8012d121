import { z } from '@hono/zod-openapi'

/** A tenant, as its owner sees it. */
export const Site = z
  .object({
    id: z.string(),
    name: z.string(),
    origins: z.array(z.string()),
    publishableKey: z.string(),
    createdAt: z.string(),
    role: z.enum(['owner', 'admin', 'moderator']).openapi({ description: 'What this session may do' }),
  })
  .openapi('Site')
export type Site = z.infer<typeof Site>

export const Sites = z.object({ data: z.array(Site) }).openapi('Sites')
export type Sites = z.infer<typeof Sites>

/** How an owner signs in to the dashboard: by a one-time link's token, or by a secret key. */
export const SignIn = z
  .union([
    z.strictObject({ token: z.string().min(1).max(200) }),
    z.strictObject({ key: z.string().min(1).max(200) }),
  ])
  .openapi('SignIn')
export type SignIn = z.input<typeof SignIn>
