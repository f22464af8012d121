import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { serverEntry } from './processes.ts'

const run = promisify(execFile)

/** The origin of the measured site's pages. */
export const ORIGIN = 'https://shop.example'

/** A browser's user agent. */
export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** A site with both keys. */
export interface Site {
  id: string
  publishableKey: string
  secretKey: string
}

/** Makes a site, as its owner would. */
export async function makeSite(databaseUrl: string, origin = ORIGIN): Promise<Site> {
  const args = [serverEntry(), 'site', 'create', 'Bench', '--origin', origin, '--json']
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, DATABASE_URL: databaseUrl } })
  return JSON.parse(stdout) as Site
}

/** Has so many people share one of twenty pages each; answers where each share leads and its code. */
export async function makeShares(server: string, site: Site, count: number, origin = ORIGIN) {
  const share = async (index: number) => {
    const url = `${origin}/articles/${index % 20}`
    const response = await fetch(`${server}/v1/shares`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` },
      body: JSON.stringify({ url, channel: 'copy', customerId: `customer-${index}` }),
    })
    if (response.status !== 201) throw new Error(`A share was answered ${response.status}`)
    const { code } = (await response.json()) as { code: string }
    return { code, url }
  }
  const shares: Awaited<ReturnType<typeof share>>[] = []
  while (shares.length < count) {
    const group = Array.from({ length: Math.min(64, count - shares.length) }, (_, i) => shares.length + i)
    shares.push(...(await Promise.all(group.map(share))))
  }
  return shares
}

/** Reads a report of a site. */
export async function readReport<Answer>(server: string, site: Site, path: string): Promise<Answer> {
  const response = await fetch(`${server}/v1/reports/${path}`, {
    headers: { authorization: `Bearer ${site.secretKey}` },
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Answer
}
