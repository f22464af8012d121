import type { CommentsHost } from './host.ts'

/** A query of these parameters, without those that are not there. */
export function query(parameters: Record<string, string | readonly string[] | null | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters))
    for (const each of [value ?? []].flat()) if (each) search.append(name, each)
  return `?${search}`
}

/** The page of a host, as each request names it. */
export const named = ({ page, pageId }: Pick<CommentsHost, 'page' | 'pageId'>) => ({ url: page, pageId })
