import { settings } from './settings.ts'

/** A text, or its plural forms by Unicode plural category, chosen by `count`. */
export type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)

/** The texts of one widget in one language. */
export type Catalogue<Key extends string = string> = Record<Key, Text>

/** Looks a text up and fills its `{places}`; `count` also chooses the plural form. */
export type Translate<Key extends string> = (
  key: Key,
  values?: { count?: number; [place: string]: string | number | undefined },
) => string

/** A catalogue's texts, with numbers written as the language writes them. A text that is not there is its key. */
export function translator<Key extends string>(
  catalogue: Partial<Catalogue<Key>>,
  lang: string,
): Translate<Key> {
  const numbers = new Intl.NumberFormat(lang, { notation: 'compact' })
  return (key, values = {}) => {
    const text: Text = catalogue[key] ?? key
    const form =
      typeof text === 'string'
        ? text
        : (text[new Intl.PluralRules(lang).select(values.count ?? 0)] ?? text.other)
    return form.replace(/\{(\w+)\}/g, (_, place: string) => {
      const value = values[place] ?? ''
      return typeof value === 'number' ? numbers.format(value) : value
    })
  }
}

/** The one of `offered` (the first by default) that the page asks for: its script tag, its document, its browser. */
export function pageLanguage<L extends string>(offered: readonly [L, ...L[]]): L {
  const asked = settings().lang || document.documentElement.lang || navigator.language
  return offered.find((lang) => scriptOf(lang) === scriptOf(asked)) ?? offered[0]
}

/** Language and script, which `zh-CN` and `zh-Hans` share and `zh-TW` does not. */
function scriptOf(tag: string): string {
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    return `${language}-${script}`
  } catch {
    return '' // not a language tag
  }
}

/** The texts of a widget in the page's language; English, which comes with the widget, when another fails to load. */
export interface Texts<Key extends string> {
  lang: string
  t: Translate<Key>
}

/** Chooses the page's language and loads its catalogue. */
export async function loadTexts<Key extends string>(
  english: Partial<Catalogue<Key>>,
  others: Record<string, () => Promise<Catalogue<Key>>>,
): Promise<Texts<Key>> {
  const lang = pageLanguage(['en', ...Object.keys(others)])
  const catalogue = await others[lang]?.().catch(() => undefined)
  const spoken = catalogue ? lang : 'en'
  return { lang: spoken, t: translator(catalogue ?? english, spoken) }
}
