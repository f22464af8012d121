import { createRoute } from '@hono/zod-openapi'
import { SignInSettings, SignInSettingsChange } from '../contract/sign-in.ts'
import { asOwner } from '../credentials.ts'
import type { Work } from '../deps.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { AREA, changeSignIn, checkSignInUrls, type KeptSignIn, keptSignIn, shownSignIn } from './settings.ts'

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

/** Writes down that somebody changed how one signs in: `who`, and how it was. */
type Recorder = (
  work: Work,
  site: string,
  act: { who: string; act: 'settings'; subject: { kind: 'settings'; id: string }; before: KeptSignIn },
) => Promise<unknown>

/** What an owner sets up for signing in. `record` writes down each change. */
export const signInSettingsRoutes = (record: Recorder) =>
  createRouter()
    .openapi(getSettings, async (c) => {
      const [{ read, config }, site] = [c.get('deps'), c.get('site').id]
      const { publicUrl } = config
      return c.json(shownSignIn(await keptSignIn(read, site), { publicUrl, site }), 200)
    })
    .openapi(patchSettings, async (c) => {
      const [deps, site, change] = [c.get('deps'), c.get('site').id, c.req.valid('json')]
      checkSignInUrls(deps, change)
      const secret = await deps.secret()
      const { publicUrl } = deps.config
      const { answer } = await once(c, change, async (work) => {
        const before = await keptSignIn(work.db, site)
        const kept = await changeSignIn(work, site, { change, secret })
        const subject = { kind: 'settings' as const, id: AREA }
        if (JSON.stringify(kept) !== JSON.stringify(before))
          await record(work, site, { who: c.get('actor'), act: 'settings', subject, before })
        return { status: 200, answer: shownSignIn(kept, { publicUrl, site }) }
      })
      return c.json(answer, 200)
    })
