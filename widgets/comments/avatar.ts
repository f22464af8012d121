import { html, nothing, svg } from 'lit'
import type { Author } from '../../server/contract/comments.ts'
import { settings } from '../core/settings.ts'

/** The first letters of the first and the last word, as the name's own script writes letters. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]\p{M}*/gu) ? name.split(/[\s._-]+/u) : []
  const letters = words.flatMap((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? [])
  const [first = '', last = ''] = [letters[0], letters.length > 1 ? letters.at(-1) : '']
  return (first + last).toLocaleUpperCase()
}

/** A hue of 0 to 359 that an id always has. */
export const hueOf = (id: string): number =>
  [...id].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 359_987, 7) % 360

/** The face of an author: the uploaded one, from our own server, else initials in a colour of their id. */
export function avatar(author: Author | null) {
  if (author?.avatar)
    return html`<img
      class="face"
      part="avatar"
      src=${settings().server + author.avatar.replace(/^\//, '')}
      alt=""
      loading="lazy"
      decoding="async"
    />`
  return html`<svg class="face" part="avatar" viewBox="0 0 36 36" aria-hidden="true">
    ${
      author
        ? svg`<rect width="36" height="36" fill=${`hsl(${hueOf(author.id)} 42% 37%)`}></rect>
          <text x="18" y="18.5">${initials(author.name)}</text>`
        : nothing
    }
  </svg>`
}
