import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createApp } from '../../server/app.ts'
import { onEveryDatabase } from '../support/databases.ts'

interface Operation {
  summary?: string
  tags?: string[]
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string }[]
  requestBody?: { required: boolean; content: Record<string, { schema: object }> }
  responses: Record<string, { description: string }>
}
interface Description {
  openapi: string
  info: { title: string; version: string }
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, unknown>>
}

onEveryDatabase('the description of the API', (bench) => {
  const description = async () => (await (await bench.request('/openapi.json')).json()) as Description

  it('has every route under /v1, and no other', async () => {
    const { paths, openapi } = await description()
    assert.equal(openapi, '3.1.0')
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    const served = createApp(bench.deps, 'dist/widgets')
      .routes.filter(({ method, path }) => method !== 'ALL' && /^\/(v1|r|healthz)\b/.test(path))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    assert.deepEqual(described.sort(), [...new Set(served)].sort())
    assert.ok(described.length >= 19)
  })

  it('leads nowhere that is not there', async () => {
    const whole = await description()
    const text = JSON.stringify(whole)
    const refs = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path as string)
    assert.ok(refs.length > 50)
    for (const ref of refs) {
      const found = ref
        .split('/')
        .reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], whole)
      assert.ok(found, ref)
    }
    const schemes = Object.keys(whole.components.securitySchemes ?? {})
    const tags = whole.tags.map(({ name }) => name)
    for (const [path, methods] of Object.entries(whole.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const where = `${method} ${path}`
        assert.ok(operation.summary, where)
        assert.ok(
          operation.tags?.every((tag) => tags.includes(tag)),
          where,
        )
        for (const security of operation.security ?? [])
          for (const scheme of Object.keys(security))
            assert.ok(schemes.includes(scheme), `${where} ${scheme}`)
        assert.ok(
          Object.values(operation.responses).every((response) => response.description),
          where,
        )
        for (const [, name] of path.matchAll(/\{(\w+)\}/g))
          assert.ok(
            operation.parameters?.some((p) => p.in === 'path' && p.name === name),
            where,
          )
        assert.equal(/^(post|put|patch)$/.test(method), operation.requestBody !== undefined, where)
        if (operation.requestBody) assert.equal(operation.requestBody.required, true, where)
      }
    }
  })

  it('can be read by people, under a strict policy and without a script', async () => {
    const response = await bench.request('/docs')
    const page = await response.text()
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    assert.doesNotMatch(page, /<script|style=|\[object|undefined/)
    const { paths, components } = await description()
    for (const path of Object.keys(paths)) assert.ok(page.includes(` ${path}</code>`), path)
    for (const name of Object.keys(components.schemas ?? {})) assert.ok(page.includes(`id="${name}"`), name)
    for (const [, anchor] of page.matchAll(/href="#(\w+)"/g))
      assert.ok(page.includes(`id="${anchor}"`), anchor)
    assert.equal((await bench.request('/docs.css')).status, 200)
  })
})
