import { button, draw, sentence } from './draw.ts'
import { type Told, text } from './told.ts'

/** What the page that opened this one is told. */
export type Message =
  | { type: 'grapevine-ticket'; ticket: string }
  | { type: 'grapevine-sign-in-failed'; fault: string }
  | { type: 'grapevine-passkey'; id: string }

/** Tells the opener, if it is the page it should be; the browser sees to that. Answers whether there is one. */
export function tellOpener(origin: string | null | undefined, message: Message): boolean {
  const opener = window.opener as Window | null
  if (!opener || opener.closed || !origin) return false
  opener.postMessage(message, origin)
  return true
}

/** Hands a ticket to the opener, or tells it what went wrong; says so here, too. */
export function handOver({ origin, ticket, fault }: Told): void {
  if (ticket !== undefined) {
    const reached = tellOpener(origin, { type: 'grapevine-ticket', ticket })
    draw(text('title'), sentence(text(reached ? 'signedIn' : 'unreachable'), !reached), closing())
    if (reached) window.close()
    return
  }
  const why = fault ?? 'link'
  const reached = tellOpener(origin, { type: 'grapevine-sign-in-failed', fault: why })
  draw(text('title'), sentence(text(why), true), closing())
  // Whoever turned back knows it already.
  if (reached && why === 'denied') window.close()
}

/** A button that closes the window. */
export const closing = (): HTMLButtonElement => button('close', () => window.close())
