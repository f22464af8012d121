import { createRoute } from '@hono/zod-openapi'
import { Conversion, Conversions, NewConversion, NewConversions } from '../contract/conversions.ts'
import { asPage } from '../credentials.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { rateLimited } from '../rate-limit.ts'
import { readReported } from './read-reported.ts'
import { recordConversion } from './record-conversion.ts'

const limit = rateLimited({ perMinute: 60, burst: 30 })

const postConversion = createRoute({
  method: 'post',
  path: '/v1/conversions',
  tags: ['page'],
  summary: 'Record a conversion: claimed by a page, or proved by a secret key',
  security: [{ publishableKey: [], token: [] }, { secretKey: [] }],
  middleware: [asPage, limit] as const,
  request: body(NewConversion),
  responses: {
    201: json(Conversion, 'A new conversion'),
    200: json(Conversion, 'One known already by its order, now perhaps proved'),
    ...refusals,
  },
})

const postConversions = createRoute({
  method: 'post',
  path: '/v1/conversions/batch',
  tags: ['page'],
  summary: 'Record up to 100 conversions: all of them, or none',
  security: [{ publishableKey: [], token: [] }, { secretKey: [] }],
  middleware: [asPage, limit] as const,
  request: body(NewConversions),
  responses: { 200: json(Conversions, 'What became of each, in order'), ...refusals },
})

/** Conversions, one by one and in batches. */
export const conversionRoutes = () =>
  createRouter()
    .openapi(postConversion, async (c) => {
      const input = c.req.valid('json')
      const reported = readReported(c, input)
      const { status, answer } = await once(c, input, async (work) => {
        const conversion = await recordConversion(work, c.get('site').id, reported)
        return {
          status: conversion.outcome === 'recorded' ? (201 as const) : (200 as const),
          answer: conversion,
        }
      })
      return c.json(answer, status)
    })
    .openapi(postConversions, async (c) => {
      const input = c.req.valid('json')
      const reported = input.conversions.map((one, index) => readReported(c, one, `conversions[${index}]`))
      const { answer } = await once(c, input, async (work) => {
        const data: Conversion[] = []
        for (const one of reported) data.push(await recordConversion(work, c.get('site').id, one))
        return { status: 200 as const, answer: { data } }
      })
      return c.json(answer, 200)
    })
