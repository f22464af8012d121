import { type SignInPageKey, signInPageEn } from '../locales/sign-in-page.en.ts'
import { signInPageZhHans } from '../locales/sign-in-page.zh-Hans.ts'

/** What the server tells the page (server/identity/sign-in-page.ts). */
export interface Told {
  step: 'hand-over' | 'passkey' | 'new-passkey'
  /** The page that opened this one, of the site's own; nothing is handed to any other. */
  origin?: string
  ticket?: string
  fault?: 'link' | 'origin' | 'unavailable' | 'expired' | 'denied' | 'provider'
  site?: string
  challenge?: string
}

/** Where the page's script draws. */
export const main = (): HTMLElement => document.querySelector('main') as HTMLElement

/** What the server told this page. */
export const told = (): Told => JSON.parse(main().dataset.told ?? '{"step":"hand-over"}') as Told

/** A text in the page's language, with its `{places}` filled. */
export function text(key: SignInPageKey, values: Record<string, string> = {}): string {
  const texts = document.documentElement.lang === 'zh-Hans' ? signInPageZhHans : signInPageEn
  return texts[key].replace(/\{(\w+)\}/g, (_, place: string) => values[place] ?? '')
}
