import type { Catalogue } from '../core/i18n.ts'
import type { PassageKey } from './passages.en.ts'

/** The texts of passages, in Simplified Chinese. */
export const passagesZhHans: Catalogue<PassageKey> = {
  pick: '评论这段',
  pickTitle: '评论所选段落（Ctrl+Alt+M）',
}
