import type { TemplateResult } from 'lit'
import type { DashboardText } from '../../locales/dashboard.en.ts'
import { text } from '../texts.ts'

/** A text of the catalogue whose `{places}` hold templates, as when a sentence has fields in it: in the order of the language. */
export function phrase(
  key: DashboardText,
  places: Readonly<Record<string, TemplateResult | string>>,
): (TemplateResult | string)[] {
  const kept = Object.fromEntries(Object.keys(places).map((place) => [place, `{${place}}`]))
  const pieces = text(key, kept).split(/\{(\w+)\}/)
  return pieces.map((piece, i) => (i % 2 === 1 ? (places[piece] ?? '') : piece))
}
