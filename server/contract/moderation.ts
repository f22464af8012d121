import { z } from '@hono/zod-openapi'
import { IDEA_STATUSES, NOTE_LENGTH, THREAD_MODES } from './comment-limits.ts'
import { Comment, pageNamed } from './comments.ts'
import { Markup } from './markup.ts'
import {
  ACTS,
  BAN_KINDS,
  COMMENT_STATES,
  DECISIONS,
  EXPLANATION_LENGTH,
  NOTICE_REASONS,
  NOTICE_STATES,
  SCREEN_REASONS,
  TRUST_REASONS,
} from './moderation-models.ts'
import { line } from './people.ts'
import { Code, file, Id, Instant, MailAddress, Named, PageUrl, page } from './values.ts'

const note = z.string().max(NOTE_LENGTH).default('')

/** How far somebody is trusted, and why. */
export const Trust = z
  .object({
    level: z
      .int()
      .openapi({ description: '0 new, 1 known, 2 regular, 3 trusted: may hold and vouch, 4 staff' }),
    reasons: z.array(z.object({ reason: z.enum(TRUST_REASONS), detail: z.string() })),
  })
  .openapi('Trust')
export type Trust = z.infer<typeof Trust>

/** A comment as moderators see it. */
export const ModeratedComment = z
  .object({
    id: z.string(),
    state: z.enum(COMMENT_STATES),
    shadow: z.boolean(),
    body: z.string().openapi({ description: 'As it was written' }),
    markup: Markup,
    at: z.string(),
    editedAt: z.string().nullable(),
    page: z.object({ id: z.string(), url: z.string(), title: z.string().nullable() }),
    parent: z.object({ id: z.string(), name: z.string().nullable(), body: z.string() }).nullable(),
    author: z.object({
      ...Named.shape,
      member: z.boolean(),
      role: z.string(),
      approved: z.int(),
      refused: z.int(),
      trust: Trust,
      broughtBy: Named.nullable().openapi({ description: 'Through whose share they came' }),
      banned: z.enum(BAN_KINDS).nullable(),
    }),
    reasons: z.array(z.object({ reason: z.enum(SCREEN_REASONS), detail: z.string() })),
    reports: z.array(z.object({ reason: z.string(), note: z.string(), at: z.string(), person: Named })),
    ups: z.int(),
    downs: z.int(),
    pinned: z.boolean(),
  })
  .openapi('ModeratedComment')
export type ModeratedComment = z.infer<typeof ModeratedComment>

export const QueueQuery = z.object({
  ...page,
  ...file,
  show: z
    .enum(['held', 'reported', ...COMMENT_STATES.filter((state) => state !== 'held'), 'all'])
    .default('held'),
  q: z.string().max(200).optional().openapi({ description: 'Words of the body' }),
  person: Id.optional(),
  url: PageUrl.optional(),
  reason: z.enum(SCREEN_REASONS).optional(),
})
export const Queue = z
  .object({
    data: z.array(ModeratedComment),
    next: z.string().nullable(),
    counts: z.object({ held: z.int(), reported: z.int(), notices: z.int() }),
  })
  .openapi('ModerationQueue')
export type Queue = z.infer<typeof Queue>

/** What stands around a comment, and what its author has said before. */
export const ModeratedContext = z
  .object({
    comment: ModeratedComment,
    above: z.array(ModeratedComment).openapi({ description: 'What it answers, topmost first' }),
    replies: z.array(ModeratedComment),
    history: z.array(ModeratedComment).openapi({ description: 'The latest of its author' }),
    edits: z.array(z.object({ at: z.string(), body: z.string() })),
    acts: z.lazy(() => z.array(ModerationAct)),
  })
  .openapi('ModeratedContext')
export type ModeratedContext = z.infer<typeof ModeratedContext>

export const NewModeration = z
  .strictObject({
    comments: z.array(Id).min(1).max(100),
    act: z.enum([...DECISIONS, 'resolve_reports']),
    note,
  })
  .openapi('NewModeration')
export type NewModeration = z.input<typeof NewModeration>

/** What somebody did, and whether it was taken back. */
export const ModerationAct = z
  .object({
    id: z.string(),
    at: z.string(),
    who: z.string(),
    act: z.enum(ACTS),
    subject: z.object({ kind: z.string(), id: z.string(), text: z.string() }),
    note: z.string(),
    undone: z.object({ at: z.string(), by: z.string() }).nullable(),
    undoable: z.boolean(),
  })
  .openapi('ModerationAct')
export type ModerationAct = z.infer<typeof ModerationAct>
export const Moderated = z
  .object({ data: z.array(ModeratedComment), acts: z.array(ModerationAct) })
  .openapi('Moderated')
export type Moderated = z.infer<typeof Moderated>
export const ActsQuery = z.object({ ...page, ...file, subject: Id.optional() })
export const Acts = z
  .object({ data: z.array(ModerationAct), next: z.string().nullable() })
  .openapi('ModerationActs')
export type Acts = z.infer<typeof Acts>

/** Who may not speak: a person, or everybody who came through this share or what came of it. */
export const NewBan = z
  .strictObject({
    kind: z.enum(BAN_KINDS),
    person: Id.optional(),
    subtree: Code.optional().openapi({ description: 'The code of the share at the root of the subtree' }),
    until: Instant.optional().openapi({ description: 'Left out: until it is lifted' }),
    note,
  })
  .refine(({ person, subtree }) => (person === undefined) !== (subtree === undefined), {
    path: ['person'],
    message: 'or subtree says who it is: give one of them',
  })
  .openapi('NewBan')
export type NewBan = z.input<typeof NewBan>
export const Ban = z
  .object({
    id: z.string(),
    kind: z.enum(BAN_KINDS),
    person: Named.nullable(),
    subtree: z.object({ code: z.string(), person: Named, people: z.int() }).nullable(),
    until: z.string().nullable(),
    note: z.string(),
    who: z.string(),
    at: z.string(),
    active: z.boolean(),
  })
  .openapi('Ban')
export type Ban = z.infer<typeof Ban>
export const BansQuery = z.object({
  ...page,
  active: z.enum(['true', 'false']).optional(),
  person: Id.optional(),
})
export const Bans = z.object({ data: z.array(Ban), next: z.string().nullable() }).openapi('Bans')
export type Bans = z.infer<typeof Bans>

/** What a moderator sets on one comment. */
export const NewPin = z.strictObject({ pinned: z.boolean() }).openapi('NewPin')
export type NewPin = z.input<typeof NewPin>
export const NewStatus = z
  .strictObject({ status: z.enum(IDEA_STATUSES).nullable(), note })
  .openapi('NewStatus')
export type NewStatus = z.input<typeof NewStatus>
export const OneComment = z.object({ comment: Comment }).openapi('OneComment')
export type OneComment = z.infer<typeof OneComment>

/** What a moderator sets on a page's thread. */
export const ThreadChange = z
  .strictObject({
    ...pageNamed,
    mode: z.enum(THREAD_MODES).optional(),
    state: z.enum(['open', 'locked', 'read_only']).optional(),
    closesAt: Instant.nullable().optional(),
  })
  .openapi('ThreadChange')
export type ThreadChange = z.input<typeof ThreadChange>
export const ThreadState = z
  .object({
    url: z.string(),
    mode: z.enum(THREAD_MODES),
    state: z.string(),
    closesAt: z.string().nullable(),
    count: z.int(),
  })
  .openapi('ThreadState')
export type ThreadState = z.infer<typeof ThreadState>

/** A notice of illegal content: what Regulation (EU) 2022/2065, article 16(2) asks for. */
export const NewNotice = z
  .strictObject({
    comment: Id.optional(),
    url: PageUrl.openapi({ description: 'The exact location' }),
    reason: z.enum(NOTICE_REASONS),
    explanation: z
      .string()
      .trim()
      .min(1)
      .max(EXPLANATION_LENGTH)
      .openapi({ description: 'Why it is illegal' }),
    name: line(200).optional().openapi({ description: 'Needed, unless it is about the safety of children' }),
    mail: MailAddress.optional().openapi({
      description: 'Where you are told what was decided. Needed, unless it is about the safety of children',
    }),
    goodFaith: z.literal(
      true,
      'has to be true: you believe in good faith that what you say is accurate and complete',
    ),
  })
  .superRefine(({ reason, ...sender }, context) => {
    // Article 16(2)(c) asks for no name where such offences are told of.
    if (reason === 'child_safety') return
    for (const field of ['name', 'mail'] as const)
      if (sender[field] === undefined)
        context.addIssue({ code: 'custom', path: [field], message: 'is missing' })
  })
  .openapi('NewNotice')
export type NewNotice = z.input<typeof NewNotice>
/** What whoever sent a notice can follow: by its code alone. */
export const NoticeReceipt = z
  .object({
    code: z.string(),
    state: z.enum(NOTICE_STATES),
    at: z.string(),
    decidedAt: z.string().nullable(),
    statement: z.string(),
    contact: z.string(),
  })
  .openapi('NoticeReceipt')
export type NoticeReceipt = z.infer<typeof NoticeReceipt>
export const Notice = z
  .object({
    id: z.string(),
    comment: ModeratedComment.nullable(),
    url: z.string(),
    reason: z.enum(NOTICE_REASONS),
    explanation: z.string(),
    name: z.string(),
    mail: z.string(),
    state: z.enum(NOTICE_STATES),
    statement: z.string(),
    decidedBy: z.string().nullable(),
    at: z.string(),
    decidedAt: z.string().nullable(),
    trail: z.array(ModerationAct),
  })
  .openapi('Notice')
export type Notice = z.infer<typeof Notice>
export const NoticesQuery = z.object({ ...page, ...file, state: z.enum(NOTICE_STATES).optional() })
export const Notices = z.object({ data: z.array(Notice), next: z.string().nullable() }).openapi('Notices')
export type Notices = z.infer<typeof Notices>
export const NoticeDecision = z
  .strictObject({
    decision: z.enum(['removed', 'kept']),
    statement: z.string().trim().min(1).max(EXPLANATION_LENGTH).openapi({
      description: 'The reasons, as they are sent to whoever gave notice and to the author (article 17)',
    }),
  })
  .openapi('NoticeDecision')
export type NoticeDecision = z.input<typeof NoticeDecision>
