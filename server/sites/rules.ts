import { AppError } from '../errors.ts'

/** Longest name of a site, in characters. */
const NAME_LENGTH = 100

/** An origin as browsers write it (`https://example.com:8443`), from what an owner typed. */
export function normalOrigin(text: string): string {
  const url = URL.parse(text)
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.username ||
    url.pathname !== '/' ||
    url.search ||
    url.hash
  ) {
    throw new AppError('invalid', `${text} is not an origin such as https://example.com`, { field: 'origin' })
  }
  return url.origin
}

/** A site's name, trimmed. */
export function siteName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > NAME_LENGTH) {
    throw new AppError('invalid', `A site's name has 1 to ${NAME_LENGTH} characters`, { field: 'name' })
  }
  return name
}
