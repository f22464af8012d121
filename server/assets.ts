import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Hono } from 'hono'
import type { Env } from './http.ts'

/** A built file, with its forms compressed ahead of time. */
interface Asset {
  type: string
  etag: string
  cacheControl: string
  bodies: Partial<Record<Encoding, Uint8Array<ArrayBuffer>>> & { identity: Uint8Array<ArrayBuffer> }
}

type Encoding = 'identity' | 'br' | 'gzip'
const SUFFIX = { br: '.br', gzip: '.gz' } as const
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const read = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(path))

/** Reads the built widgets into memory; chunks carry a hash in their name and never change. */
export function readAssets(directory: string): Map<string, Asset> {
  const assets = new Map<string, Asset>()
  if (!existsSync(directory)) return assets
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[extname(name)]
    if (!type) continue
    const path = join(directory, name)
    const bodies: Asset['bodies'] = { identity: read(path) }
    for (const [encoding, suffix] of Object.entries(SUFFIX) as ['br' | 'gzip', string][]) {
      if (existsSync(path + suffix)) bodies[encoding] = read(path + suffix)
    }
    assets.set(`/${name.replaceAll('\\', '/')}`, {
      type,
      etag: `"${createHash('sha256').update(bodies.identity).digest('base64url').slice(0, 22)}"`,
      cacheControl: name.startsWith('c/') ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      bodies,
    })
  }
  return assets
}

/** What the dashboard's page may do: nothing but itself. */
const DASHBOARD_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html"

/** Serves the built widgets and the dashboard's page. */
export function assetRoutes(directory: string): Hono<Env> {
  const assets = readAssets(directory)
  const app = new Hono<Env>()
  for (const [path, asset] of assets) {
    const isDashboard = path === '/dashboard.html'
    app.get(isDashboard ? '/dashboard' : path, (c) => {
      const accepted = c.req.header('accept-encoding') ?? ''
      const encoding = (['br', 'gzip'] as const).find(
        (e) => asset.bodies[e] && new RegExp(`\\b${e}\\b`).test(accepted),
      )
      // A weak tag: the same file whatever its encoding.
      const etag = `W/${asset.etag}`
      c.header('etag', etag)
      c.header('cache-control', isDashboard ? 'no-cache' : asset.cacheControl)
      c.header('vary', 'accept-encoding')
      c.header('x-content-type-options', 'nosniff')
      if (isDashboard) {
        c.header('content-security-policy', DASHBOARD_POLICY)
        c.header('referrer-policy', 'no-referrer')
      } else {
        c.header('access-control-allow-origin', '*')
        c.header('cross-origin-resource-policy', 'cross-origin')
      }
      if (c.req.header('if-none-match')?.includes(asset.etag)) return c.body(null, 304)
      c.header('content-type', asset.type)
      if (encoding) c.header('content-encoding', encoding)
      return c.body(asset.bodies[encoding ?? 'identity'] ?? asset.bodies.identity)
    })
  }
  return app
}
