import { pageUrl } from '../core/page.ts'

const MARK = 'grapevine-comment-'

/** The address that opens a comment, on the page it belongs to. */
export const permalink = (page: string, id: string): string =>
  linkOf(page === bare(pageUrl()) ? bare(location.href) : page, id)

/** The link to a comment that is passed on: of the page as it is known, not as it was come to. */
export const linkOf = (page: string, id: string): string => `${page}#${MARK}${id}`

const bare = (url: string): string => url.replace(/#.*/s, '')

/** The comment that the address asks for. */
export const askedFor = (): string | undefined =>
  location.hash.startsWith(`#${MARK}`) ? decodeURI(location.hash.slice(MARK.length + 1)) : undefined
