import { createRoute } from '@hono/zod-openapi'
import { Balances, Credit, CreditQuery, LedgerLines, LedgerQuery, NewSpending } from '../contract/rewards.ts'
import { FileQuery } from '../contract/values.ts'
import { asOwner, asServer } from '../credentials.ts'
import { listOrExport, listOrFile } from '../export-list.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { creditOf, spendCredit } from './credits.ts'
import { ledgerBalances, ledgerLines } from './ledger-report.ts'

const owner = {
  tags: ['owner'],
  security: [{ secretKey: [] }, { ownerCookie: [] }] as Record<string, string[]>[],
  middleware: asOwner,
}

const server = { tags: ['owner'], security: [{ secretKey: [] }], middleware: asServer }

const getLedger = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/ledger',
  summary: 'The lines of the ledger: double entry, only ever added to',
  request: { query: LedgerQuery },
  responses: {
    200: listOrFile(LedgerLines, 'The lines, those of the latest transaction first'),
    ...refusals,
  },
})

const getBalances = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/ledger/balances',
  summary: 'What each account comes to, and all together: nothing',
  request: { query: FileQuery },
  responses: { 200: listOrFile(Balances, 'The balances'), ...refusals },
})

const getCredit = createRoute({
  ...server,
  method: 'get',
  path: '/v1/credits',
  summary: 'The store credit of a customer',
  request: { query: CreditQuery },
  responses: { 200: json(Credit, 'What they can spend'), ...refusals },
})

const postSpending = createRoute({
  ...server,
  method: 'post',
  path: '/v1/credits/spend',
  summary: 'Spend store credit: once a spend id, and never more than there is',
  request: body(NewSpending),
  responses: { 200: json(Credit, 'What was left then'), ...refusals },
})

/** The ledger, and the store credit in it. */
export const ledgerRoutes = () =>
  createRouter()
    .openapi(getLedger, (c) => {
      const query = c.req.valid('query')
      return listOrExport(c, 'ledger', query, (page) =>
        ledgerLines(c.get('deps').read, c.get('site').id, { ...query, ...page }),
      )
    })
    .openapi(getBalances, (c) =>
      listOrExport(c, 'balances', c.req.valid('query'), () =>
        ledgerBalances(c.get('deps').reports, c.get('site').id),
      ),
    )
    .openapi(getCredit, async (c) => {
      const { customerId } = c.req.valid('query')
      return c.json(await creditOf(c.get('deps').read, c.get('site').id, customerId), 200)
    })
    .openapi(postSpending, async (c) => {
      const input = c.req.valid('json')
      const { answer, status } = await once(c, input, async (work) => ({
        status: 200 as const,
        answer: await spendCredit(work, c.get('site').id, c.get('actor'), input),
      }))
      return c.json(answer, status)
    })
