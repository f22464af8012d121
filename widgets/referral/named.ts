import { html, type TemplateResult } from 'lit'
import type { Texts } from '../core/i18n.ts'

/** A sentence with a name in it, which keeps its own direction of writing. */
export function named<Key extends string>({ t }: Texts<Key>, key: Key, name: string): TemplateResult {
  const [before, after] = t(key, { name: '\0' }).split('\0')
  return html`${before}<bdi>${name}</bdi>${after}`
}
