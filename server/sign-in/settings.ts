import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Ways } from '../contract/comments.ts'
import type { SignInSettings, SignInSettingsChange } from '../contract/sign-in.ts'
import type { Database } from '../db/schema.ts'
import type { Deps, Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { checkOutbound, OutboundError } from '../outbound.ts'
import { seal, unseal } from '../seal.ts'
import { keepSettings, settingsOf } from '../settings.ts'

/** Where an owner's choice is kept. */
export const AREA = 'sign-in'

/** As it is kept: each `secret` is sealed. */
const Kept = z.object({
  mail: z.boolean().default(true),
  passkeys: z.boolean().default(true),
  sso: z
    .object({
      issuer: z.string().nullable(),
      audience: z.string().nullable(),
      jwksUrl: z.string().nullable(),
      secret: z.string().nullable(),
    })
    .default({ issuer: null, audience: null, jwksUrl: null, secret: null }),
  providers: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(['github', 'google', 'oidc']),
        issuer: z.string().nullable(),
        clientId: z.string(),
        secret: z.string().nullable(),
      }),
    )
    .default([]),
})
export type KeptSignIn = z.output<typeof Kept>
export type KeptProvider = KeptSignIn['providers'][number]

/** What an owner set up for signing in, with secrets sealed: `openSecret` reads one. */
export const keptSignIn = (db: Kysely<Database>, site: string): Promise<KeptSignIn> =>
  settingsOf(db, site, AREA, Kept)

const purposeOf = (site: string): string => `sign-in ${site}`

/** A secret out of what was kept. */
export async function openSecret(
  { secret }: Pick<Deps, 'secret'>,
  site: string,
  sealed: string,
): Promise<string> {
  return unseal(await secret(), purposeOf(site), sealed)
}

/** How one can sign in on a site; whether a name is enough is a matter of comments. */
export async function waysOf(db: Kysely<Database>, site: string, guests: boolean): Promise<Ways> {
  const { mail, passkeys, sso, providers } = await keptSignIn(db, site)
  return {
    guests,
    mail,
    passkeys,
    sso: sso.secret !== null || sso.jwksUrl !== null,
    providers: providers.map(({ id, name }) => ({ id, name })),
  }
}

/**
 * Where a provider sends whoever it has let in: an address of its own for each provider of each site, so that no provider
 * of another site is handed what this one gave out (RFC 9700 §4.4.2.2).
 */
export const callbackOf = (publicUrl: string, site: string, provider: string): string =>
  `${publicUrl}/sign-in/oauth/${site}/${provider}/callback`

/** What an owner set up, as they see it: of secrets only whether there is one. */
export const shownSignIn = (
  { mail, passkeys, sso, providers }: KeptSignIn,
  { publicUrl, site }: { publicUrl: string; site: string },
): SignInSettings => ({
  mail,
  passkeys,
  sso: { ...sso, secret: { set: sso.secret !== null } },
  providers: providers.map((provider) => ({
    ...provider,
    secret: { set: provider.secret !== null },
    callback: callbackOf(publicUrl, site, provider.id),
  })),
})

/** What changes an owner's settings, with all that has to be awaited before the transaction. */
export interface SettingsChanging {
  change: z.output<typeof SignInSettingsChange>
  secret: string
}

/** Changes what an owner set up; what is not named stays. */
export async function changeSignIn(
  work: Work,
  site: string,
  { change, secret }: SettingsChanging,
): Promise<KeptSignIn> {
  const kept = await keptSignIn(work.db, site)
  const sealed = (text: string) => seal(secret, purposeOf(site), text)
  const changed: KeptSignIn = {
    mail: change.mail ?? kept.mail,
    passkeys: change.passkeys ?? kept.passkeys,
    sso: changedSso(kept.sso, change.sso ?? {}, sealed),
    providers: change.providers ? changedProviders(kept.providers, change.providers, sealed) : kept.providers,
  }
  await keepSettings(work, site, AREA, changed)
  return changed
}

/** Puts back how one could sign in: what the record of the change has as `before`. */
export async function restoreSignIn(work: Work, site: string, before: unknown): Promise<void> {
  await keepSettings(work, site, AREA, Kept.parse(before))
}

function changedSso(
  kept: KeptSignIn['sso'],
  { issuer, audience, jwksUrl, secret }: NonNullable<SettingsChanging['change']['sso']>,
  sealed: (text: string) => string,
): KeptSignIn['sso'] {
  return {
    issuer: issuer === undefined ? kept.issuer : issuer,
    audience: audience === undefined ? kept.audience : audience,
    jwksUrl: jwksUrl === undefined ? kept.jwksUrl : jwksUrl,
    secret: secret === undefined ? kept.secret : secret === null ? null : sealed(secret),
  }
}

type NewProvider = NonNullable<SettingsChanging['change']['providers']>[number]

/** What members sign in by otherwise: no provider has such an id. */
const RESERVED = ['mail', 'passkey', 'sso']

function changedProviders(
  kept: KeptProvider[],
  wanted: NewProvider[],
  sealed: (text: string) => string,
): KeptProvider[] {
  return wanted.map((provider, at) => {
    const refuse = (field: string, message: string) =>
      new AppError('invalid', message, { field: `providers[${at}].${field}` })
    const { id, kind, issuer, secret } = provider
    if (RESERVED.includes(id) || wanted.findIndex((other) => other.id === id) < at)
      throw refuse('id', 'is taken')
    if (kind === 'oidc' && issuer === null) throw refuse('issuer', 'is missing')
    if (kind === 'google' && issuer !== null) throw refuse('issuer', 'is Google’s own: leave it out')
    const before = kept.find((other) => other.id === id)
    // A secret goes on to nobody but those it was given for.
    const same = before?.kind === kind && before.issuer === issuer && before.clientId === provider.clientId
    const known = same ? before.secret : null
    if (secret === undefined && known === null && kind !== 'oidc') throw refuse('secret', 'is missing')
    return { ...provider, secret: secret === undefined ? known : sealed(secret) }
  })
}

/** Refuses addresses that the server would not call. */
export function checkSignInUrls(
  deps: Pick<Deps, 'config'>,
  { sso, providers = [] }: SettingsChanging['change'],
) {
  const check = (url: string | null | undefined, field: string) => {
    if (typeof url !== 'string') return
    try {
      const { search, hash } = checkOutbound(deps, url)
      // OpenID Connect Discovery 1.0 §3: an issuer has neither.
      if (field !== 'sso.jwksUrl' && (search || hash))
        throw new OutboundError('url', 'has a query or a fragment')
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error
      throw new AppError('invalid', error.message, { field })
    }
  }
  check(sso?.jwksUrl, 'sso.jwksUrl')
  for (const [at, { issuer }] of providers.entries()) check(issuer, `providers[${at}].issuer`)
}
