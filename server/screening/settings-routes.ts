import { createRoute } from '@hono/zod-openapi'
import { CommentSettings, CommentSettingsChange } from '../contract/screening.ts'
import { asModerator, asOwner } from '../credentials.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { changeSettings, readChange, shownSettings } from './change-settings.ts'
import { commentSettings } from './comment-settings.ts'

const path = '/v1/moderation/settings'
const security: Record<string, string[]>[] = [{ secretKey: [] }, { ownerCookie: [] }]

const getSettings = createRoute({
  method: 'get',
  path,
  tags: ['owner'],
  summary: 'How comments are on the site, and what is held back',
  security: [...security, { publishableKey: [], token: [] }],
  middleware: asModerator,
  responses: { 200: json(CommentSettings, 'The settings; secrets are shown as `…`'), ...refusals },
})

const patchSettings = createRoute({
  method: 'patch',
  path,
  tags: ['owner'],
  summary: 'Change how comments are on the site',
  security,
  middleware: asOwner,
  request: body(CommentSettingsChange),
  responses: { 200: json(CommentSettings, 'The settings as they are now'), ...refusals },
})

/** How comments are on a site. */
export const commentSettingsRoutes = () =>
  createRouter()
    .openapi(getSettings, async (c) =>
      c.json(shownSettings(await commentSettings(c.get('deps').read, c.get('site').id)), 200),
    )
    .openapi(patchSettings, async (c) => {
      const [site, input] = [c.get('site').id, c.req.valid('json')]
      const change = await readChange(c.get('deps'), site, input)
      const { answer } = await once(c, input, async (work) => ({
        status: 200 as const,
        answer: shownSettings(await changeSettings(work, site, c.get('actor'), change)),
      }))
      return c.json(answer, 200)
    })
