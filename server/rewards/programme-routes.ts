import { createRoute, z } from '@hono/zod-openapi'
import * as contract from '../contract/programmes.ts'
import { FileQuery, Id } from '../contract/values.ts'
import { asOwner } from '../credentials.ts'
import { listOrExport, listOrFile } from '../export-list.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { changeProgramme } from './change-programme.ts'
import { createProgramme } from './create-programme.ts'
import { previewProgramme, readPast } from './preview-programme.ts'
import { listProgrammes, listVersions, showProgramme } from './show-programmes.ts'

const owner = {
  tags: ['owner'],
  security: [{ secretKey: [] }, { ownerCookie: [] }] as Record<string, string[]>[],
  middleware: asOwner,
}
const params = z.object({ id: Id })

const getProgrammes = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/programmes',
  summary: 'The programmes of the site, latest first',
  request: { query: FileQuery },
  responses: { 200: listOrFile(contract.Programmes, 'The programmes'), ...refusals },
})

const postProgramme = createRoute({
  ...owner,
  method: 'post',
  path: '/v1/programmes',
  summary: 'Make a programme: what is paid for what, to whom',
  request: body(contract.NewProgramme),
  responses: { 201: json(contract.Programme, 'The programme'), ...refusals },
})

const postPreview = createRoute({
  ...owner,
  method: 'post',
  path: '/v1/programmes/preview',
  summary: 'What a rule would have paid in the past; its start and end aside',
  request: body(contract.NewPreview),
  responses: { 200: json(contract.Preview, 'What it would have paid. Nothing is stored'), ...refusals },
})

const getProgramme = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/programmes/{id}',
  summary: 'One programme',
  request: { params },
  responses: { 200: json(contract.Programme, 'The programme'), ...refusals },
})

const patchProgramme = createRoute({
  ...owner,
  method: 'patch',
  path: '/v1/programmes/{id}',
  summary: 'Change a programme; another rule is a new version',
  request: { params, ...body(contract.ProgrammeChange) },
  responses: { 200: json(contract.Programme, 'The programme as it is now'), ...refusals },
})

const getVersions = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/programmes/{id}/versions',
  summary: 'Each rule a programme had, latest first',
  request: { params },
  responses: { 200: json(contract.ProgrammeVersions, 'The versions'), ...refusals },
})

/** Programmes: what is paid for what. */
export const programmeRoutes = () =>
  createRouter()
    .openapi(getProgrammes, (c) =>
      listOrExport(c, 'programmes', c.req.valid('query'), async () => ({
        data: await listProgrammes(c.get('deps').read, c.get('site').id),
      })),
    )
    .openapi(postProgramme, async (c) => {
      const input = c.req.valid('json')
      const site = c.get('site').id
      const { answer } = await once(c, input, async (work) => {
        const id = await createProgramme(work, site, c.get('actor'), input)
        return { status: 201 as const, answer: await showProgramme(work.db, site, id) }
      })
      return c.json(answer, 201)
    })
    .openapi(postPreview, async (c) => {
      const { reports, now } = c.get('deps')
      const { rule, ...range } = c.req.valid('json')
      return c.json(await previewProgramme(reports, c.get('site').id, rule, readPast(range, now())), 200)
    })
    .openapi(getProgramme, async (c) =>
      c.json(await showProgramme(c.get('deps').read, c.get('site').id, c.req.valid('param').id), 200),
    )
    .openapi(patchProgramme, async (c) => {
      const { id } = c.req.valid('param')
      const input = c.req.valid('json')
      const site = c.get('site').id
      const { answer } = await once(c, input, async (work) => {
        await changeProgramme(work, site, c.get('actor'), id, input)
        return { status: 200 as const, answer: await showProgramme(work.db, site, id) }
      })
      return c.json(answer, 200)
    })
    .openapi(getVersions, async (c) =>
      c.json(
        { data: await listVersions(c.get('deps').read, c.get('site').id, c.req.valid('param').id) },
        200,
      ),
    )
