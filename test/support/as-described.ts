import assert from 'node:assert/strict'
import type { z } from '@hono/zod-openapi'
import type { createApp } from '../../server/app.ts'
import { ErrorAnswer } from '../../server/contract/errors.ts'

interface Described {
  method: string
  path: string
  responses: Record<number, { content?: Record<string, { schema: z.ZodType }> }>
}

/** Checks that an answer is what the route's description promises: status and, to the last field, body. */
export function asDescribed(app: ReturnType<typeof createApp>) {
  const routes = app.openAPIRegistry.definitions
    .flatMap((definition) => (definition.type === 'route' ? [definition.route as unknown as Described] : []))
    .map((route) => ({ ...route, pattern: new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
    // Plain paths before those with parameters.
    .sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))

  return async (path: string, init: RequestInit | undefined, response: Response): Promise<Response> => {
    const { pathname } = new URL(path, 'http://test')
    const method = (init?.method ?? 'GET').toLowerCase()
    const route = routes.find((r) => r.method === method && r.pattern.test(pathname))
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    if (response.status >= 400 && isJson) {
      fits(ErrorAnswer, await response.clone().json(), `${method} ${path} ${response.status}`)
    }
    if (!route) return response
    const described = route.responses[response.status]
    assert.ok(described, `${route.method} ${route.path} does not describe its status ${response.status}`)
    const schema = described.content?.['application/json']?.schema
    if (schema && isJson) fits(schema, await response.clone().json(), `${method} ${path} ${response.status}`)
    return response
  }
}

function fits(schema: z.ZodType, answer: unknown, where: string): void {
  const parsed = schema.safeParse(answer)
  assert.ok(parsed.success, `${where}: ${parsed.error}`)
  assert.deepEqual(parsed.data, answer, `${where}: the answer has more than its schema`)
}
