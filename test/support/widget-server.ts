import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { openDeps } from '../../server/deps.ts'
import { startJobs } from '../../server/jobs.ts'
import { jsonLog } from '../../server/log.ts'
import { createSite } from '../../server/sites/create-site.ts'
import { corpusText, withoutCorpora } from './corpora.ts'

/** The part of a Koa context that is used here. */
interface Exchange {
  req: NodeJS.ReadableStream & { method?: string; headers: Record<string, string | string[] | undefined> }
  url: string
  status: number
  body: unknown
  type: string
  set(name: string, value: string): void
}

/**
 * The real server inside the test runner's own. The page is on 127.0.0.1 and the widgets come from localhost, so all
 * is cross-site. `POST /test/sites` makes a site for whoever asks; `POST /test/pages/…` lays a page there;
 * `GET /test/corpora/…` answers test material by others, or nothing where that is missing; `GET /test/mails` answers what
 * was mailed.
 */
export async function widgetServer() {
  const folder = mkdtempSync(join(tmpdir(), 'grapevine-widgets-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const config = readConfig({
    DATABASE_URL: `file:${folder}/test.db`,
    RATE_LIMIT: 'off',
  })
  const mails: unknown[] = []
  const log = jsonLog((line) => process.stderr.write(line))
  // Without a mail server mails are told to the log.
  const info: typeof log.info = (message, facts) =>
    message.startsWith('mail') ? void mails.push(facts) : log.info(message, facts)
  const deps = await openDeps(config, { ...log, info })
  const app = createApp(deps, 'dist/widgets')
  startJobs(deps)
  const pages = new Map<string, string>()
  let down = false

  return async (exchange: Exchange, next: () => Promise<void>): Promise<void> => {
    const { pathname } = new URL(exchange.url, 'http://localhost')
    if (pathname.startsWith('/widgets/v1/')) {
      if (down) {
        exchange.status = 503
        exchange.body = ''
        return
      }
      const answer = await app.fetch(await asRequest(exchange, exchange.url.replace('/widgets', '')))
      exchange.status = answer.status
      for (const [name, value] of answer.headers) exchange.set(name, value)
      const streams = answer.body && answer.headers.get('content-type')?.startsWith('text/event-stream')
      exchange.body = streams
        ? Readable.fromWeb(answer.body as ReadableStream)
        : Buffer.from(await answer.arrayBuffer())
    } else if (pathname === '/test/sites') {
      const origins = [String(exchange.req.headers.origin ?? 'http://127.0.0.1')]
      const site = await deps.write((work) => createSite(work, { name: 'Test', origins }))
      exchange.body = JSON.stringify({ pk: site.publishableKey, sk: site.secretKey })
      exchange.type = 'application/json'
    } else if (pathname === '/test/down' || pathname === '/test/up') {
      down = pathname === '/test/down'
      exchange.body = ''
      exchange.status = 204
    } else if (pathname === '/test/mails') {
      exchange.type = 'application/json'
      exchange.body = JSON.stringify(mails)
    } else if (pathname.startsWith('/test/corpora/')) {
      exchange.type = 'application/json'
      exchange.body = withoutCorpora ? '' : corpusText(pathname.slice('/test/corpora/'.length))
    } else if (pathname.startsWith('/test/pages/')) {
      if (exchange.req.method === 'POST') pages.set(pathname, await text(exchange.req))
      exchange.type = 'text/html; charset=utf-8'
      exchange.body = pages.get(pathname) ?? '<!doctype html>'
    } else {
      exchange.set('access-control-allow-origin', '*')
      await next()
    }
  }
}

async function asRequest({ req }: Exchange, path: string): Promise<Request> {
  const { method = 'GET' } = req
  const headers = Object.entries(req.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  )
  const body = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? null : await text(req)
  return new Request(new URL(path, 'http://localhost'), { method, headers, body })
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}
