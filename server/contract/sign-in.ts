import { z } from '@hono/zod-openapi'
import { line, Me } from './people.ts'
import { MailAddress } from './values.ts'

/** Asks for a six-digit code by mail. */
export const NewMailCode = z.strictObject({ mail: MailAddress }).openapi('NewMailCode')
export type NewMailCode = z.input<typeof NewMailCode>

/** That a code is on its way, whether or not somebody is known by that address. */
export const MailCode = z.object({ mail: z.string(), expiresAt: z.string() }).openapi('MailCode')
export type MailCode = z.infer<typeof MailCode>

export const MailSignIn = z
  .strictObject({
    mail: MailAddress,
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, 'is not a code of six digits'),
  })
  .openapi('MailSignIn')
export type MailSignIn = z.input<typeof MailSignIn>

/** What a pop-up at the server's origin hands to the page that opened it, and the verifier that the page alone knows. */
export const TicketSignIn = z
  .strictObject({ ticket: z.string().min(1).max(200), verifier: z.string().min(32).max(128) })
  .openapi('TicketSignIn')
export type TicketSignIn = z.input<typeof TicketSignIn>

/** What the host page's own server says of its user: a JWT, signed HS256, RS256 or ES256. */
export const SsoSignIn = z.strictObject({ token: z.string().min(1).max(8_000) }).openapi('SsoSignIn')
export type SsoSignIn = z.input<typeof SsoSignIn>

/** Signed in. From now on the browser keeps `token` in place of the one it sent. */
export const SignedIn = z
  .object({
    token: z.string().openapi({ description: 'pt_…, opaque' }),
    expiresAt: z.string(),
    me: Me,
    guest: z
      .object({ name: z.string().nullable(), comments: z.int(), shares: z.int() })
      .nullable()
      .openapi({
        description:
          'The browser was a guest who is not this member, and has done things: ask whether they are theirs, then ' +
          '`POST /v1/me/merge` with the guest’s token',
      }),
  })
  .openapi('SignedIn')
export type SignedIn = z.infer<typeof SignedIn>

/** Consent that what was a guest's is from now on this member's. Once, and for good. */
export const Merge = z
  .strictObject({
    guest: z.string().min(1).max(200).openapi({ description: 'The token that the guest had' }),
  })
  .openapi('Merge')
export type Merge = z.input<typeof Merge>

/** What the owner set up for signing in. Secrets are taken and never given: `set` says whether there is one. */
const secret = z.object({ set: z.boolean() })
export const SignInSettings = z
  .object({
    mail: z.boolean(),
    passkeys: z.boolean(),
    sso: z.object({
      issuer: z.string().nullable(),
      audience: z.string().nullable(),
      jwksUrl: z.string().nullable(),
      secret,
    }),
    providers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(['github', 'google', 'oidc']),
        issuer: z.string().nullable(),
        clientId: z.string(),
        secret,
        callback: z.string().openapi({ description: 'The redirect URL to enter at the provider' }),
      }),
    ),
  })
  .openapi('SignInSettings')
export type SignInSettings = z.infer<typeof SignInSettings>

const https = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' }).max(500)
const providerId = z.string().regex(/^[a-z0-9-]{1,32}$/, 'has 1 to 32 of a-z, 0-9 and -')
export const SignInSettingsChange = z
  .strictObject({
    mail: z.boolean().optional(),
    passkeys: z.boolean().optional(),
    sso: z
      .strictObject({
        issuer: z.string().min(1).max(500).nullable().optional(),
        audience: z.string().min(1).max(500).nullable().optional(),
        jwksUrl: https.nullable().optional(),
        secret: z.string().min(32, 'has fewer than 32 characters').max(500).nullable().optional(),
      })
      .optional(),
    providers: z
      .array(
        z.strictObject({
          id: providerId,
          name: z.string().trim().min(1).max(60),
          kind: z.enum(['github', 'google', 'oidc']),
          issuer: https.nullable().default(null),
          clientId: z.string().min(1).max(500),
          secret: z
            .string()
            .min(1)
            .max(500)
            .optional()
            .openapi({ description: 'Left out: the one that is there stays' }),
        }),
      )
      .max(10)
      .optional(),
  })
  .openapi('SignInSettingsChange')
export type SignInSettingsChange = z.input<typeof SignInSettingsChange>

/** A way in at the server's own origin that one carries along: a passkey. */
export const Passkeys = z
  .object({
    data: z.array(
      z.object({ id: z.string(), name: z.string(), at: z.string(), usedAt: z.string().nullable() }),
    ),
  })
  .openapi('Passkeys')
export type Passkeys = z.infer<typeof Passkeys>

/** A ticket that opens the server's own page in the name of whoever asked for it. */
export const Ticket = z
  .object({ ticket: z.string(), url: z.string(), expiresAt: z.string() })
  .openapi('Ticket')
export type Ticket = z.infer<typeof Ticket>

const base64url = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\w-]+$/, 'is not base64url')
/** What `navigator.credentials` gave, as its `toJSON()` writes it (Web Authentication Level 3). */
const credential = <T extends z.ZodRawShape>(response: T) =>
  z.looseObject({
    id: base64url(1_400),
    rawId: base64url(1_400),
    type: z.literal('public-key'),
    response: z.looseObject({ clientDataJSON: base64url(4_000), ...response }),
    clientExtensionResults: z.looseObject({}),
  })

/** What a page of the server's own asks a passkey with: options for `navigator.credentials`. */
export const PasskeyOptions = z
  .object({
    options: z.looseObject({ challenge: z.string() }),
    name: z.string().nullable(),
    site: z.string(),
  })
  .openapi('PasskeyOptions')
export type PasskeyOptions = z.infer<typeof PasskeyOptions>

/** Begins signing in with a passkey, for the page that opened the pop-up. */
export const NewPasskeySignIn = z
  .strictObject({
    site: z.string().max(100).openapi({ description: 'The publishable key' }),
    origin: z.string().max(300),
    challenge: z.string().regex(/^[\w-]{43}$/, 'is not a SHA-256 hash in base64url'),
  })
  .openapi('NewPasskeySignIn')
export type NewPasskeySignIn = z.input<typeof NewPasskeySignIn>
export const PasskeySignIn = z
  .strictObject({
    response: credential({
      authenticatorData: base64url(4_000),
      signature: base64url(4_000),
      userHandle: z.string().max(100).nullable().optional(),
    }),
  })
  .openapi('PasskeySignIn')
export type PasskeySignIn = z.input<typeof PasskeySignIn>
/** For the page that opened the pop-up, and no other. */
export const GivenTicket = z.object({ ticket: z.string(), expiresAt: z.string() }).openapi('GivenTicket')
export type GivenTicket = z.infer<typeof GivenTicket>

/** Begins adding a passkey, with the ticket of a member. */
export const NewPasskeyTicket = z
  .strictObject({ ticket: z.string().min(1).max(200) })
  .openapi('NewPasskeyTicket')
export type NewPasskeyTicket = z.input<typeof NewPasskeyTicket>
export const NewPasskey = z
  .strictObject({
    ticket: z.string().min(1).max(200),
    name: line(60).optional(),
    response: credential({
      attestationObject: base64url(20_000),
      transports: z.array(z.string().max(40)).max(10).optional(),
    }),
  })
  .openapi('NewPasskey')
export type NewPasskey = z.input<typeof NewPasskey>
export const AddedPasskey = z
  .object({ id: z.string(), origin: z.string().nullable().openapi({ description: 'The page that asked' }) })
  .openapi('AddedPasskey')
export type AddedPasskey = z.infer<typeof AddedPasskey>
