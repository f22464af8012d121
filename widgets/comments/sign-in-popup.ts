import { settings } from '../core/settings.ts'

/** What a window of the server says to the page that opened it. */
type Message =
  | { type: 'grapevine-ticket'; ticket: string }
  | { type: 'grapevine-sign-in-failed'; fault: string }
  | { type: 'grapevine-passkey'; id: string }

/** Why a window came to nothing: it was not let open, was closed, or what the server said. */
export class PopUpFailure extends Error {
  readonly fault: string

  constructor(fault: string) {
    super(`The window came to nothing: ${fault}`)
    this.fault = fault
  }
}

/** A secret that only this page knows, and the hash of it that may be in an address. */
export interface Secret {
  verifier: string
  challenge: string
}

/** How often (ms) it is looked whether the window is still there. */
const LOOK_MS = 400

const inUrl = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** Makes a secret. Pages without TLS have no hash of the browser's own. */
export async function newSecret(): Promise<Secret> {
  const verifier = inUrl(crypto.getRandomValues(new Uint8Array(32)))
  const bytes = new TextEncoder().encode(verifier)
  const hash = crypto.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : (await import('./proof-sha256.ts')).sha256(bytes)
  return { verifier, challenge: inUrl(hash) }
}

/** The address of a page of the server at which somebody signs in. */
export function addressOf(way: string, { challenge }: Secret, lang: string): string {
  const { server, site } = settings()
  const query = new URLSearchParams({ site, origin: location.origin, challenge, lang })
  return `${server}sign-in/${way}?${query}`
}

/** Opens a window of the server's; has to be called within a click. Throws where the browser does not let it. */
export function openPopUp(address = 'about:blank'): Window {
  const [width, height] = [480, 640]
  const left = Math.round(screenX + (outerWidth - width) / 2)
  const top = Math.round(screenY + (outerHeight - height) / 2)
  const opened = open(address, '', `popup,width=${width},height=${height},left=${left},top=${top}`)
  if (!opened) throw new PopUpFailure('blocked')
  return opened
}

/** Waits for what the window says: nobody else is listened to. Throws what it failed by, or that it was closed. */
export function answerOf(popUp: Window): Promise<Exclude<Message, { type: 'grapevine-sign-in-failed' }>> {
  const { origin } = new URL(settings().server, location.href)
  return new Promise((resolve, reject) => {
    let gone = 0
    const watch = setInterval(() => {
      // What it said last may still be on its way.
      if (popUp.closed && gone++ > 1) settle(() => reject(new PopUpFailure('closed')))
    }, LOOK_MS)
    const settle = (then: () => void) => {
      clearInterval(watch)
      removeEventListener('message', hear)
      then()
    }
    const hear = ({ data, origin: from, source }: MessageEvent<Message | null>) => {
      if (from !== origin || source !== popUp || !data) return
      if (data.type === 'grapevine-sign-in-failed') settle(() => reject(new PopUpFailure(data.fault)))
      else if (data.type === 'grapevine-ticket' || data.type === 'grapevine-passkey')
        settle(() => resolve(data))
    }
    addEventListener('message', hear)
  })
}
