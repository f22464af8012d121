import type { Context } from 'hono'
import { isbot } from 'isbot'
import type { Env } from '../http.ts'

/** Bots that isbot takes for people. */
const MORE_BOTS = /GTmetrix|Miniature\.io|TSM-turingos|YLT Chrome/

/** User agents whose verdict is remembered: one look takes longer than recording the visit. */
const MOST_KNOWN = 5000
const LONGEST_KNOWN = 400
const verdicts = new Map<string, boolean>()

function isBot(agent: string): boolean {
  let verdict = verdicts.get(agent)
  if (verdict === undefined) {
    verdict = agent === '' || isbot(agent) || MORE_BOTS.test(agent)
    if (verdicts.size >= MOST_KNOWN) verdicts.clear()
    if (agent.length <= LONGEST_KNOWN) verdicts.set(agent, verdict)
  }
  return verdict
}

/** Whether a request comes from no person: a bot by its user agent (an empty one is a bot), or a prefetch. */
export const fromNobody = (c: Context<Env>): boolean =>
  isBot(c.req.header('user-agent')?.trim() ?? '') ||
  /prefetch|prerender/i.test(c.req.header('sec-purpose') ?? c.req.header('purpose') ?? '')
