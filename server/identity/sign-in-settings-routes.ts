import { createRoute } from '@hono/zod-openapi'
import { SignInSettings, SignInSettingsChange } from '../contract/sign-in.ts'
import { asOwner } from '../credentials.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { changeSignIn, checkSignInUrls, keptSignIn, shownSignIn } from './sign-in-settings.ts'

const owner = {
  tags: ['owner'],
  security: [{ secretKey: [] }, { ownerCookie: [] }] as Record<string, string[]>[],
  middleware: asOwner,
  path: '/v1/sign-in/settings',
}

const getSettings = createRoute({
  ...owner,
  method: 'get',
  summary: 'How one can sign in on the site',
  responses: { 200: json(SignInSettings, 'The settings; of secrets only whether there is one'), ...refusals },
})

const patchSettings = createRoute({
  ...owner,
  method: 'patch',
  summary: 'Set up how one can sign in; `providers` replaces the whole list',
  request: body(SignInSettingsChange),
  responses: { 200: json(SignInSettings, 'The settings as they are now'), ...refusals },
})

/** What an owner sets up for signing in. */
export const signInSettingsRoutes = () =>
  createRouter()
    .openapi(getSettings, async (c) => {
      const { read, config } = c.get('deps')
      return c.json(shownSignIn(await keptSignIn(read, c.get('site').id), config.publicUrl), 200)
    })
    .openapi(patchSettings, async (c) => {
      const [deps, site, change] = [c.get('deps'), c.get('site').id, c.req.valid('json')]
      checkSignInUrls(deps, change)
      const secret = await deps.secret()
      const { answer } = await once(c, change, async (work) => ({
        status: 200,
        answer: shownSignIn(await changeSignIn(work, site, { change, secret }), deps.config.publicUrl),
      }))
      return c.json(answer, 200)
    })
