import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Env } from './http.ts'

const about = {
  openapi: '3.1.0',
  info: {
    title: 'Grapevine',
    version: '1',
    description:
      'Pages send `X-Grapevine-Site: pk_…` and, for a visitor who may be known again, `Authorization: Bearer pt_…`, a token ' +
      'that the visitor’s own browser mints (pt_ and 32 random URL-safe characters). Servers send `Authorization: Bearer sk_…` ' +
      'and may add `at` and `customerId`. Writes take `Idempotency-Key`. Times are RFC 3339, amounts integer minor units.',
  },
  tags: [
    { name: 'page', description: 'What pages and servers tell' },
    { name: 'owner', description: 'What owners read' },
    { name: 'anyone', description: 'Without a key' },
  ],
}

/** Describes the API from the schemas that validate it, at `/openapi.json`. */
export function describeApi(app: OpenAPIHono<Env>): void {
  const { registry } = { registry: app.openAPIRegistry }
  registry.registerComponent('securitySchemes', 'publishableKey', {
    type: 'apiKey',
    in: 'header',
    name: 'X-Grapevine-Site',
  })
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'pt_…',
  })
  registry.registerComponent('securitySchemes', 'secretKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'sk_…',
  })
  registry.registerComponent('securitySchemes', 'ownerCookie', {
    type: 'apiKey',
    in: 'cookie',
    name: 'grapevine_owner',
  })
  app.doc31('/openapi.json', about)
}

type Document = ReturnType<OpenAPIHono<Env>['getOpenAPI31Document']>

/** The same description for people, at `/docs`. */
export function docsRoutes(app: OpenAPIHono<Env>): Hono<Env> {
  const docs = new Hono<Env>()
  docs.get('/docs.css', (c) => c.body(STYLES, 200, { 'content-type': 'text/css; charset=utf-8' }))
  docs.get('/docs', (c) => {
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    return c.html(page(app.getOpenAPI31Document(about)))
  })
  return docs
}

const page = (document: Document) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Grapevine API</title>
    <link rel="stylesheet" href="/docs.css" />
  </head>
  <body>
    <main>
      <h1>Grapevine API</h1>
      <p>${prose(about.info.description)}</p>
      <p>For programs: <a href="/openapi.json">openapi.json</a></p>
      ${about.tags.map((tag) => html`<h2>${tag.description}</h2>${operationsOf(document, tag.name).map(operation)}`)}
      <h2>Schemas</h2>
      ${Object.entries(document.components?.schemas ?? {}).map(
        ([name, schema]) =>
          html`<section id="${name}"><h3>${name}</h3><pre>${JSON.stringify(schema, null, 2)}</pre></section>`,
      )}
    </main>
  </body>
</html>`

interface Described {
  method: string
  path: string
  summary: string
  parameters: { name: string; in: string; required?: boolean; description?: string }[]
  request: string[]
  responses: { status: string; description: string; schemas: string[] }[]
}

const schemasIn = (part: unknown): string[] => [
  ...new Set(
    [...JSON.stringify(part ?? null).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      (match) => match[1] as string,
    ),
  ),
]

function operationsOf(document: Document, tag: string): Described[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Record<string, unknown>>)
      .filter(([, described]) => (described.tags as string[] | undefined)?.includes(tag))
      .map(([method, described]) => ({
        method,
        path,
        summary: String(described.summary ?? ''),
        parameters: (described.parameters ?? []) as Described['parameters'],
        request: schemasIn(described.requestBody),
        responses: Object.entries(described.responses as Record<string, { description: string }>).map(
          ([status, answer]) => ({
            status,
            description: answer.description,
            schemas: schemasIn(answer),
          }),
        ),
      })),
  )
}

/** Text with what stands between backticks as code. */
const prose = (text: string) =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))

const links = (names: string[]) => names.map((name) => html` <a href="#${name}">${name}</a>`)

const operation = ({ method, path, summary, parameters, request, responses }: Described) => html`
  <article>
    <h3><code>${method.toUpperCase()} ${path}</code></h3>
    <p>${prose(summary)}</p>
    ${request.length > 0 ? html`<p>Body:${links(request)}</p>` : ''}
    ${
      parameters.length > 0
        ? html`<p>Parameters: ${parameters.map(
            (parameter, index) =>
              html`${index > 0 ? ', ' : ''}<code>${parameter.name}</code>${parameter.required ? ' (required)' : ''}`,
          )}</p>`
        : ''
    }
    <ul>
      ${responses
        .filter(({ status }) => status < '400')
        .map(
          ({ status, description, schemas }) =>
            html`<li><b>${status}</b> ${prose(description)}${links(schemas)}</li>`,
        )}
    </ul>
    <details>
      <summary>Refusals, each an <a href="#Error">Error</a></summary>
      <ul>
        ${responses
          .filter(({ status }) => status >= '400')
          .map(({ status, description }) => html`<li><b>${status}</b> ${prose(description)}</li>`)}
      </ul>
    </details>
  </article>`

const STYLES = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
main{max-width:52rem;margin:0 auto;padding:1rem 1.25rem 4rem}
h2{margin-top:2.5rem;border-bottom:1px solid #8886;padding-bottom:.25rem}
article,section{border:1px solid #8884;border-radius:10px;padding:.25rem 1rem;margin:1rem 0}
h3 code{font-size:16px;font-weight:600}details{margin-bottom:.75rem}summary{cursor:pointer}
code,pre{font:14px/1.5 ui-monospace,monospace}pre{overflow:auto}
ul{padding-left:1.2rem}:target{outline:2px solid #6a4bd8}`
