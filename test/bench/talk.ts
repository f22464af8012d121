import { BROWSER, ORIGIN, type Site } from './shares.ts'

const WORDS =
  'grape vine leaf root stem cellar press barrel harvest autumn slope river stone wind rain summer bottle cork glass cask'.split(
    ' ',
  )

/** Something that nobody has said before. */
export function saying(index: number): string {
  const word = (i: number) => WORDS[Math.abs(Math.imul(index * 31 + i, 2654435761)) % WORDS.length]
  const words = (count: number, from: number) =>
    Array.from({ length: count }, (_, i) => word(from + i)).join(' ')
  return `${words(14, 0)} **${words(2, 20)}** ${words(18, 30)}. No. ${index}.`
}

/** What a page of the measured site sends along, by another visitor each time. */
export const visitorHeaders = (site: Site, visitor: number, origin = ORIGIN): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': BROWSER,
  origin,
  'x-grapevine-site': site.publishableKey,
  authorization: `Bearer pt_${String(visitor).padStart(32, '0')}`,
})

/** Lets everybody speak at once. */
export async function openToAll(server: string, site: Site): Promise<void> {
  const response = await fetch(`${server}/v1/moderation/settings`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` },
    body: JSON.stringify({ policy: 'open', proofOfWork: 'never' }),
  })
  if (!response.ok) throw new Error(`The settings were answered ${response.status}: ${await response.text()}`)
}

/** Has so many guests comment on a page. */
export async function talk(
  server: string,
  site: Site,
  url: string,
  count: number,
  origin = ORIGIN,
): Promise<void> {
  for (let i = 0; i < count; i++) {
    const response = await fetch(`${server}/v1/comments`, {
      method: 'POST',
      headers: visitorHeaders(site, 1_000_000 + i, origin),
      body: JSON.stringify({ url, body: saying(i), name: `Guest ${i}` }),
    })
    if (response.status !== 201)
      throw new Error(`A comment was answered ${response.status}: ${await response.text()}`)
  }
}
