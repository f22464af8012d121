import type { NewPasskey, PasskeyOptions } from '../../server/contract/sign-in.ts'
import type { SignInPageKey } from '../locales/sign-in-page.en.ts'
import { ask, Refused } from './ask-server.ts'
import { button, draw, element, sentence } from './draw.ts'
import { closing, tellOpener } from './hand-over.ts'
import { type Told, text } from './told.ts'

/** Longest name of a passkey. */
const NAME_LENGTH = 60

/** Adds a passkey to the member whose ticket opened the page. */
export async function addPasskey({ ticket = '' }: Told): Promise<void> {
  if (typeof PublicKeyCredential === 'undefined') return failed('noPasskeys')
  draw(text('addPasskey'), sentence(text('wait')))
  try {
    form(ticket, await ask('/v1/me/passkeys/options', { ticket }))
  } catch (error) {
    failed(error instanceof Refused ? 'expired' : 'offline')
  }
}

const failed = (why: SignInPageKey): void => draw(text('addPasskey'), sentence(text(why), true), closing())

/** Says whose the passkey will be, which nobody should have to guess, and asks for a name. */
function form(
  ticket: string,
  { options, name, site }: PasskeyOptions,
  fault?: SignInPageKey,
  given = '',
): void {
  const asked = document.createElement('form')
  const label = element('label', text('label'))
  const input = element('input', '', { maxlength: `${NAME_LENGTH}`, name: 'name', autocomplete: 'off' })
  input.value = given
  label.append(input)
  const whose = name === null ? text('addToNameless', { site }) : text('addTo', { name, site })
  asked.append(
    label,
    button('add', () => {}, 'submit'),
    button('cancel', () => window.close()),
  )
  asked.addEventListener('submit', (event) => {
    event.preventDefault()
    void add(ticket, options, input.value)
  })
  draw(
    text('addPasskey'),
    element('p', whose),
    sentence(fault ? text(fault) : '', fault !== undefined),
    asked,
  )
  input.focus()
}

async function add(ticket: string, options: PasskeyOptions['options'], typed: string): Promise<void> {
  draw(text('addPasskey'), sentence(text('wait')))
  try {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as unknown as PublicKeyCredentialCreationOptionsJSON,
    )
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
    const name = typed.trim()
    const { id, origin } = await ask('/v1/me/passkeys/verify', {
      ticket,
      response: credential.toJSON() as unknown as NewPasskey['response'],
      ...(name ? { name } : {}),
    })
    draw(text('addPasskey'), sentence(text('added')), closing())
    if (tellOpener(origin, { type: 'grapevine-passkey', id })) window.close()
  } catch (error) {
    await again(ticket, error, typed)
  }
}

/** Another try takes another challenge. */
async function again(ticket: string, error: unknown, typed: string): Promise<void> {
  if (!(error instanceof DOMException)) return failed(error instanceof Refused ? 'refused' : 'offline')
  const fault = error.name === 'InvalidStateError' ? 'alreadyThere' : 'cancelled'
  try {
    form(ticket, await ask('/v1/me/passkeys/options', { ticket }), fault, typed)
  } catch {
    failed('expired')
  }
}
