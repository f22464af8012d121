import { createRoute, z } from '@hono/zod-openapi'
import { DashboardLink, Member, MemberChange, Members, MembersQuery } from '../contract/people.ts'
import { Id } from '../contract/values.ts'
import { asModerator, asOwner } from '../credentials.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { rateLimited } from '../rate-limit.ts'
import { changeMember, type Leveller } from './change-member.ts'
import { listMembers, memberById, type Trusting } from './members.ts'
import { mayModerate, type Role } from './staff.ts'

const owner = { tags: ['owner'], security: [{ secretKey: [] }, { ownerCookie: [] }] }

const getPeople = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/people',
  summary: 'Those who have a name, have signed in, or help to run the site; latest first',
  middleware: [asOwner] as const,
  request: { query: MembersQuery },
  responses: { 200: json(Members, 'Who they are and what they may do'), ...refusals },
})

const patchPerson = createRoute({
  ...owner,
  method: 'patch',
  path: '/v1/people/{id}',
  summary:
    'Say what a member may do, and how far they are trusted; only owners make and unmake owners and admins',
  middleware: [asOwner] as const,
  request: { params: z.object({ id: Id }), ...body(MemberChange) },
  responses: { 200: json(Member, 'The member as they are now'), ...refusals },
})

const postDashboard = createRoute({
  method: 'post',
  path: '/v1/me/dashboard',
  tags: ['page'],
  summary:
    'A link that lets the person of the token, who helps to run the site, into the dashboard: once, within an hour',
  security: [{ publishableKey: [], token: [] }],
  middleware: [asModerator, rateLimited({ perMinute: 10, burst: 10 })] as const,
  request: body(z.strictObject({})),
  responses: { 200: json(DashboardLink, 'Where to go'), ...refusals },
})

/** What other rooms do for this one: composed in app.ts. */
export interface Ruling {
  trusting: Trusting
  setLevel: Leveller
  /** Writes down what somebody did. */
  record(
    work: Work,
    site: string,
    act: {
      who: string
      act: 'role' | 'level'
      subject: { kind: 'person'; id: string }
      before: object
    },
  ): Promise<unknown>
  /** Makes a one-time token that lets a person into the dashboard. */
  issueLink(
    work: Work,
    site: string,
    whose: { role: Exclude<Role, 'member'>; person: string },
  ): Promise<string>
}

/** Whom the owner knows by name, and what they may do. */
export const memberRoutes = ({ trusting, setLevel, record, issueLink }: Ruling) =>
  createRouter()
    .openapi(getPeople, async (c) => {
      const { read } = c.get('deps')
      return c.json(await listMembers(read, c.get('site').id, trusting, c.req.valid('query')), 200)
    })
    .openapi(patchPerson, async (c) => {
      const [site, change, { id }] = [c.get('site').id, c.req.valid('json'), c.req.valid('param')]
      const [who, by] = [c.get('actor'), c.get('role')]
      const { answer } = await once(c, { id, ...change }, async (work) => {
        const subject = { kind: 'person' as const, id }
        for (const { act, ...before } of await changeMember(work, site, { id, change, by, setLevel }))
          await record(work, site, { who, act, subject, before })
        return { status: 200, answer: (await memberById(work.db, site, trusting, id)) as Member }
      })
      return c.json(answer, 200)
    })
    .openapi(postDashboard, async (c) => {
      const [site, person, role] = [c.get('site').id, c.get('staff'), c.get('role')]
      if (person === undefined || !mayModerate(role) || c.get('visitor') === undefined)
        throw new AppError(
          'forbidden',
          'Only a person who helps to run the site is let in so, from its pages',
        )
      const { write, config } = c.get('deps')
      const token = await write((work) => issueLink(work, site, { role, person }))
      return c.json({ url: `${config.publicUrl}/dashboard#sign-in=${token}` }, 200)
    })
