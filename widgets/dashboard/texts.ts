import { type Translate, translator } from '../core/i18n.ts'
import { type DashboardText, en } from '../locales/dashboard.en.ts'

/** The languages of the dashboard, each by its own name. */
export const LANGUAGES = { en: 'English', 'zh-Hans': '简体中文' } as const
export type Language = keyof typeof LANGUAGES

const KEPT = 'grapevine-dashboard-lang'
const changed = new EventTarget()
let current: Language = 'en'
let translate: Translate<DashboardText> = translator(en, 'en')

/** The language in use, as a BCP 47 tag. */
export const language = (): Language => current

/** A text of the catalogue with its `{places}` filled in; `count` chooses the plural form. */
export const text: Translate<DashboardText> = (key, values) => translate(key, values)

/** The language the owner chose before, else the browser's if it is one of ours. */
export function preferredLanguage(): Language {
  const wanted = [read(), ...navigator.languages]
  for (const tag of wanted) {
    if (tag === 'zh-Hans' || tag?.toLowerCase().startsWith('zh')) return 'zh-Hans'
    if (tag?.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}

/** Switches the language, for this element tree and for the document. */
export async function setLanguage(to: Language, keep = false): Promise<void> {
  const catalogue = to === 'en' ? en : (await import('../locales/dashboard.zh-hans.ts')).zhHans
  translate = translator(catalogue, to)
  current = to
  document.documentElement.lang = to
  if (keep) write(to)
  changed.dispatchEvent(new Event('change'))
}

/** Calls back after each change of language, until the answer is called. */
export function onLanguage(callback: () => void): () => void {
  changed.addEventListener('change', callback)
  return () => changed.removeEventListener('change', callback)
}

function read(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

function write(tag: string): void {
  try {
    localStorage.setItem(KEPT, tag)
  } catch {
    // A browser that keeps nothing forgets the choice at the next visit, no more.
  }
}
