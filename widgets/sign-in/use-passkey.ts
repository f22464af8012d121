import type { PasskeySignIn } from '../../server/contract/sign-in.ts'
import type { SignInPageKey } from '../locales/sign-in-page.en.ts'
import { ask, Refused } from './ask-server.ts'
import { button, draw, element, sentence } from './draw.ts'
import { handOver, tellOpener } from './hand-over.ts'
import { type Told, text } from './told.ts'

/** Signs in with a passkey: the device shows those it has. */
export function usePasskey(told: Told): void {
  const { site = '', origin = '', challenge = '' } = told
  const cancel = button('cancel', () => {
    tellOpener(origin, { type: 'grapevine-sign-in-failed', fault: 'denied' })
    window.close()
  })
  const show = (words: HTMLElement) => {
    const use = button('use', () => void signIn())
    draw(text('usePasskey'), element('p', text('forPage', { page: origin })), words, use, cancel)
    use.focus()
  }
  const signIn = async () => {
    draw(text('usePasskey'), sentence(text('wait')))
    try {
      const { options } = await ask('/v1/sign-in/passkey/options', { site, origin, challenge })
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
        options as unknown as PublicKeyCredentialRequestOptionsJSON,
      )
      const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
      const response = credential.toJSON() as PasskeySignIn['response']
      const { ticket } = await ask('/v1/sign-in/passkey/verify', { response })
      handOver({ ...told, ticket })
    } catch (error) {
      show(sentence(text(faultOf(error)), true))
    }
  }
  if (typeof PublicKeyCredential === 'undefined') {
    draw(text('usePasskey'), sentence(text('noPasskeys'), true), cancel)
    return
  }
  show(sentence(''))
}

function faultOf(error: unknown): SignInPageKey {
  if (error instanceof DOMException) return 'cancelled'
  if (!(error instanceof Refused)) return 'offline'
  return error.status === 404 ? 'unavailable' : error.status === 403 ? 'origin' : 'notKnown'
}
