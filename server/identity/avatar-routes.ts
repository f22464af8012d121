import { createRoute, z } from '@hono/zod-openapi'
import { Me, NewAvatar } from '../contract/people.ts'
import { Id } from '../contract/values.ts'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { rateLimited } from '../rate-limit.ts'
import { AVATAR_TYPE, clearAvatar, findAvatar, setAvatar } from './avatar.ts'
import { avatarFrom } from './avatar-image.ts'
import { meOf } from './me.ts'
import { memberOf } from './member-of.ts'

const own = {
  tags: ['page'],
  path: '/v1/me/avatar',
  security: [{ publishableKey: [], token: [] }],
  middleware: [asPage, rateLimited({ perMinute: 10, burst: 10 })],
}

const putAvatar = createRoute({
  ...own,
  method: 'put',
  summary: 'Show a picture of oneself: it is made anew, 256 pixels square',
  request: body(NewAvatar),
  responses: { 200: json(Me, 'The person as they are now'), ...refusals },
})

const deleteAvatar = createRoute({
  ...own,
  method: 'delete',
  summary: 'Show initials again',
  responses: { 200: json(Me, 'The person as they are now'), ...refusals },
})

const getAvatar = createRoute({
  method: 'get',
  path: '/v1/avatars/{site}/{id}',
  tags: ['anyone'],
  summary: 'A picture of a person',
  request: { params: z.object({ site: Id, id: Id }) },
  responses: {
    200: {
      description: 'The picture; it never changes',
      content: { [AVATAR_TYPE]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
    404: refusals[404],
    422: refusals[422],
  },
})

/** Pictures of people. */
export const avatarRoutes = () =>
  createRouter()
    .openapi(putAvatar, async (c) => {
      const [{ write }, site, person] = [c.get('deps'), c.get('site').id, await memberOf(c)]
      const picture = await avatarFrom(c.req.valid('json').image)
      const me = await write(async (work) => {
        await setAvatar(work, site, person, picture)
        return meOf(work.db, site, person)
      })
      return c.json(me, 200)
    })
    .openapi(deleteAvatar, async (c) => {
      const [{ write }, site, person] = [c.get('deps'), c.get('site').id, await memberOf(c)]
      const me = await write(async (work) => {
        await clearAvatar(work, site, person)
        return meOf(work.db, site, person)
      })
      return c.json(me, 200)
    })
    .openapi(getAvatar, async (c) => {
      const { site, id } = c.req.valid('param')
      const picture = await findAvatar(c.get('deps').read, site, id)
      if (!picture) throw new AppError('not_found', 'There is no such picture')
      return c.body(picture, 200, {
        'content-type': AVATAR_TYPE,
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'",
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      })
    })
