import type {
  AddedPasskey,
  GivenTicket,
  NewPasskey,
  NewPasskeySignIn,
  NewPasskeyTicket,
  PasskeyOptions,
  PasskeySignIn,
} from '../../server/contract/sign-in.ts'
import { main } from './told.ts'

interface Questions {
  '/v1/sign-in/passkey/options': { body: NewPasskeySignIn; answer: PasskeyOptions }
  '/v1/sign-in/passkey/verify': { body: PasskeySignIn; answer: GivenTicket }
  '/v1/me/passkeys/options': { body: NewPasskeyTicket; answer: PasskeyOptions }
  '/v1/me/passkeys/verify': { body: NewPasskey; answer: AddedPasskey }
}

/** That the server refused, with its status. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number) {
    super(`${status}`)
    this.status = status
  }
}

/** Asks the server that this page comes from. */
export async function ask<Path extends keyof Questions>(
  path: Path,
  body: Questions[Path]['body'],
): Promise<Questions[Path]['answer']> {
  const response = await fetch((main().dataset.base ?? '') + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Refused(response.status)
  return response.json() as Promise<Questions[Path]['answer']>
}
