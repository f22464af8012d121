import { createRoute, z } from '@hono/zod-openapi'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { MiddlewareHandler } from 'hono'
import * as contract from '../contract/sign-in.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { rateLimited } from '../rate-limit.ts'
import {
  addPasskey,
  challengeIn,
  findPasskey,
  loadWebAuthn,
  passkeysOf,
  relyingParty,
  touchPasskey,
  verifyAnswer,
  verifyNew,
} from './passkey.ts'
import { keptSignIn } from './settings.ts'
import { issueTicket, readTicket, takeTicket } from './ticket.ts'
import { Opening } from './ticket-opener.ts'
import { giveWord } from './ticket-word.ts'

/** The page of ours that adds a passkey: whose, and the page that opened it, if a page did. */
export const Adding = z.object({ person: z.string(), origin: z.string().nullable() })
/** A new passkey that was asked for, from which page of ours. */
const Asked = Adding.extend({ page: z.string() })

/** For the pages at the server's own origin. */
const ofOwnPage: MiddlewareHandler<Env> = async (c, next) => {
  c.header('cache-control', 'no-store')
  const origin = c.req.header('origin')
  if (origin !== undefined && origin !== relyingParty(c.get('deps')).origin)
    throw new AppError('forbidden', `${origin} is not the server’s own origin`)
  await next()
}

const own = { tags: ['page'], middleware: [ofOwnPage, rateLimited({ perMinute: 30, burst: 30 })] }

const postSignInOptions = createRoute({
  ...own,
  method: 'post',
  path: '/v1/sign-in/passkey/options',
  summary: 'Ask for a passkey, at the server’s own origin',
  request: body(contract.NewPasskeySignIn),
  responses: { 200: json(contract.PasskeyOptions, 'For `navigator.credentials.get`'), ...refusals },
})

const postSignInVerify = createRoute({
  ...own,
  method: 'post',
  path: '/v1/sign-in/passkey/verify',
  summary: 'Sign in with a passkey: a ticket for the page that asked',
  request: body(contract.PasskeySignIn),
  responses: { 200: json(contract.GivenTicket, 'For `POST /v1/sign-in/ticket`'), ...refusals },
})

const postNewOptions = createRoute({
  ...own,
  method: 'post',
  path: '/v1/me/passkeys/options',
  summary: 'Ask for a new passkey, at the server’s own origin',
  request: body(contract.NewPasskeyTicket),
  responses: { 200: json(contract.PasskeyOptions, 'For `navigator.credentials.create`'), ...refusals },
})

const postNewVerify = createRoute({
  ...own,
  method: 'post',
  path: '/v1/me/passkeys/verify',
  summary: 'Add a passkey',
  request: body(contract.NewPasskey),
  responses: { 200: json(contract.AddedPasskey, 'Added'), ...refusals },
})

/** Time that somebody has for the dialog of their device, in ms. */
const DIALOG_MS = 4 * 60_000

/** As it goes over the wire. */
const plain = (options: { challenge: string }) => JSON.parse(JSON.stringify(options)) as { challenge: string }

const refused = (field: 'ticket' | 'response') =>
  new AppError('unauthorized', 'was used, is too old, or is not known here', { field })

/** What the pages of ours ask of a passkey. */
export const passkeyRoutes = () =>
  createRouter()
    .openapi(postSignInOptions, async (c) => {
      const [deps, opening] = [c.get('deps'), c.req.valid('json')]
      const site = await siteFor(deps, opening)
      const { ticket } = await deps.write((work) => issueTicket(work, site.id, 'passkey', opening))
      const { generateAuthenticationOptions } = await loadWebAuthn()
      const options = await generateAuthenticationOptions({
        rpID: relyingParty(deps).id,
        challenge: ticket,
        userVerification: 'preferred',
        timeout: DIALOG_MS,
      })
      return c.json({ options: plain(options), name: null, site: site.name }, 200)
    })
    .openapi(postSignInVerify, async (c) => {
      const [deps, response] = [c.get('deps'), c.req.valid('json').response as AuthenticationResponseJSON]
      const challenge = challengeIn(response)
      const asked = await deps.write((work) => takeTicket(work, 'passkey', challenge, Opening))
      const found = asked && (await findPasskey(deps.read, asked.site, response.id))
      if (!found) throw refused('response')
      const counter = await verifyAnswer(deps, found.passkey, response)
      const { ticket, expiresAt } = await deps.write(async (work) => {
        await touchPasskey(work, asked.site, response.id, counter)
        const identity = { kind: 'passkey' as const, subject: response.id, name: null, mail: null, data: {} }
        return giveWord(work, asked.site, asked.data, identity)
      })
      return c.json({ ticket, expiresAt: new Date(expiresAt).toISOString() }, 200)
    })
    .openapi(postNewOptions, async (c) => {
      const [deps, { ticket }] = [c.get('deps'), c.req.valid('json')]
      const page = await readTicket({ db: deps.read, now: deps.now }, 'passkey-page', ticket, Adding)
      if (!page) throw refused('ticket')
      const { site, name } = await namesOf(deps, page.site, page.data.person)
      const asked = { ...page.data, page: ticket }
      const challenge = await deps.write((work) => issueTicket(work, page.site, 'passkey-new', asked))
      const known = await passkeysOf(deps.read, page.site, page.data.person)
      const { generateRegistrationOptions } = await loadWebAuthn()
      const options = await generateRegistrationOptions({
        rpID: relyingParty(deps).id,
        rpName: 'Grapevine',
        // One authenticator keeps one passkey for each of these: the same person id on two sites is two people.
        userID: new TextEncoder().encode(`${page.site} ${page.data.person}`),
        userName: name === null ? site : `${name} (${site})`,
        userDisplayName: name ?? site,
        challenge: challenge.ticket,
        attestationType: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
        excludeCredentials: known.data.map(({ id }) => ({ id })),
        timeout: DIALOG_MS,
      })
      return c.json({ options: plain(options), name, site }, 200)
    })
    .openapi(postNewVerify, async (c) => {
      const [deps, { ticket, name, response }] = [c.get('deps'), c.req.valid('json')]
      const asked = await deps.write((work) => takeTicket(work, 'passkey-new', challengeIn(response), Asked))
      if (asked?.data.page !== ticket) throw refused('ticket')
      const added = await verifyNew(deps, response as RegistrationResponseJSON, name ?? 'Passkey')
      await deps.write(async (work) => {
        const page = await takeTicket(work, 'passkey-page', ticket, Adding)
        if (!page) throw refused('ticket')
        await addPasskey(work, page.site, page.data.person, added)
      })
      return c.json({ id: added.id, origin: asked.data.origin }, 200)
    })

/** The site that a pop-up was opened for; its passkeys are in use and the origin is one of its own. */
async function siteFor({ sites, read }: Deps, opening: Opening) {
  const site = opening.site.startsWith('pk_') ? await sites.byKey(opening.site) : undefined
  if (!site) throw new AppError('not_found', 'No site has this publishable key', { field: 'site' })
  if (!site.origins.includes(opening.origin))
    throw new AppError('forbidden', 'is not one of the site’s origins', { field: 'origin' })
  if (!(await keptSignIn(read, site.id)).passkeys)
    throw new AppError('not_found', 'Passkeys are not in use on this site')
  return site
}

/** What a site and a person are called, for the dialog of their device. */
async function namesOf({ read }: Deps, site: string, person: string) {
  const row = await read
    .selectFrom('person')
    .innerJoin('site', 'site.site_id', 'person.site_id')
    .select(['person.name', 'site.name as site'])
    .where('person.site_id', '=', site)
    .where('person.id', '=', person)
    .executeTakeFirst()
  if (!row) throw refused('ticket')
  return row
}
