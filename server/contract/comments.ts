import { z } from '@hono/zod-openapi'
import {
  BADGES,
  COMMENT_LENGTH,
  IDEA_STATUSES,
  IDS_AT_ONCE,
  LEVEL_LIMIT,
  NOTE_LENGTH,
  PAGE_ID_LENGTH,
  QUOTE_CONTEXT,
  QUOTE_LENGTH,
  REPORT_REASONS,
  SHOWN_STATES,
  SORTS,
  THREAD_MODES,
  THREAD_STATES,
  TITLE_LENGTH,
} from './comment-limits.ts'
import { Markup } from './markup.ts'
import { NAME_LENGTH } from './models.ts'
import { line } from './people.ts'
import { Id, MailAddress, Named, PageUrl } from './values.ts'

/** A page, as widgets name it. */
export const pageNamed = {
  url: PageUrl,
  pageId: z
    .string()
    .min(1)
    .max(PAGE_ID_LENGTH)
    .optional()
    .openapi({ description: 'The id that the owner gave the page: it stays one page wherever it moves' }),
}

/** Where in the page's text a comment belongs: selectors of the W3C Web Annotation Data Model. */
export const Anchor = z
  .strictObject({
    exact: z.string().min(1).max(QUOTE_LENGTH),
    prefix: z.string().max(QUOTE_CONTEXT).default(''),
    suffix: z.string().max(QUOTE_CONTEXT).default(''),
    start: z.int().min(0).optional().openapi({ description: 'Where it began in the text, in characters' }),
    end: z.int().min(0).optional(),
  })
  .openapi('Anchor')
export type Anchor = z.output<typeof Anchor>

/** Who wrote a comment, as readers see them. */
export const Author = z
  .object({
    id: z.string(),
    name: z.string(),
    badge: z.enum(BADGES).nullable().openapi({ description: 'null for a guest' }),
    avatar: z
      .string()
      .nullable()
      .openapi({ description: 'A path on this server; null: draw initials in a colour of the id' }),
  })
  .openapi('Author')
export type Author = z.infer<typeof Author>

/** One comment, the same for everybody who may see it. */
export const Comment = z
  .object({
    id: z.string(),
    parent: z.string().nullable(),
    depth: z.int().openapi({ description: '0 at the top' }),
    author: Author.nullable().openapi({ description: 'null where the comment is gone' }),
    state: z.enum(SHOWN_STATES),
    body: Markup.openapi({ description: 'Empty where the comment is gone' }),
    at: z.string(),
    editedAt: z.string().nullable(),
    ups: z.int(),
    downs: z.int(),
    reactions: z.array(z.object({ emoji: z.string(), count: z.int() })),
    pinned: z.boolean(),
    accepted: z
      .string()
      .nullable()
      .openapi({ description: 'Of a question: the id of the answer that was accepted' }),
    status: z
      .object({ status: z.enum(IDEA_STATUSES), note: z.string() })
      .nullable()
      .openapi({ description: 'Of an idea' }),
    anchor: Anchor.nullable(),
    replies: z.int().openapi({ description: 'All that stand right below' }),
    below: z.int().openapi({ description: 'At the top: all visible ones anywhere below; else 0' }),
    next: z.string().nullable().openapi({
      description:
        'Where its replies go on that are not in this answer, for `GET /v1/comments/{id}/replies`; null when all are here',
    }),
  })
  .openapi('Comment')
export type Comment = z.infer<typeof Comment>

/** Comments in the order they are shown: each before its replies. */
export const Level = z
  .object({
    data: z.array(Comment),
    next: z.string().nullable().openapi({ description: 'Where the level that was asked for goes on' }),
  })
  .openapi('CommentLevel')
export type Level = z.infer<typeof Level>

const level = {
  sort: z
    .enum(SORTS)
    .optional()
    .openapi({ description: 'Of the level asked for; replies are oldest first unless asked' }),
  limit: z.coerce.number().int().min(1).max(LEVEL_LIMIT).default(LEVEL_LIMIT),
  cursor: z.string().max(500).optional(),
}
export const ThreadQuery = z.object({ ...pageNamed, ...level })
export const RepliesQuery = z.object(level)

/** How one can sign in on this site. */
export const Ways = z
  .object({
    guests: z.boolean().openapi({ description: 'A name is enough' }),
    mail: z.boolean(),
    passkeys: z.boolean(),
    sso: z
      .boolean()
      .openapi({ description: 'The page itself says who somebody is: `grapevine.identify({ token })`' }),
    providers: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .openapi('Ways')
export type Ways = z.infer<typeof Ways>

/** The comments of a page, the same for everybody: what is one's own is in `GET /v1/threads/mine`. */
export const Thread = z
  .object({
    url: z.string(),
    count: z.int().openapi({ description: 'Visible comments, at any depth' }),
    mode: z.enum(THREAD_MODES),
    state: z.enum(THREAD_STATES),
    closesAt: z.string().nullable(),
    sort: z.enum(SORTS),
    offered: z.object({
      reactions: z.array(z.string()),
      votes: z.enum(['both', 'up', 'none']),
      editMinutes: z.int().openapi({ description: '0: a comment stays as it was posted; -1: no end' }),
      annotations: z.boolean(),
    }),
    ways: Ways,
    data: z.array(Comment),
    next: z.string().nullable(),
  })
  .openapi('Thread')
export type Thread = z.infer<typeof Thread>

/** What of a thread is one's own. */
export const Mine = z
  .object({
    person: Author.nullable(),
    member: z.boolean(),
    /** What they may do here beyond their own. */
    may: z.object({ moderate: z.boolean(), hold: z.boolean(), vouch: z.boolean(), accept: z.boolean() }),
    votes: z.record(z.string(), z.int()).openapi({ description: 'Comment id → 1 or -1' }),
    reactions: z.record(z.string(), z.array(z.string())),
    own: z
      .array(Comment)
      .openapi({ description: 'Comments of one’s own that others do not see (yet), oldest first' }),
    held: z.array(Comment).openapi({ description: 'To those who may vouch: what waits for a moderator' }),
  })
  .openapi('ThreadMine')
export type Mine = z.infer<typeof Mine>

export const MineQuery = z.object(pageNamed)

const body = z.string().max(COMMENT_LENGTH, `is longer than ${COMMENT_LENGTH} characters`)

/** A proof of work, as asked for by an answer 428. */
export const Proof = z
  .string()
  .max(2_000)
  .openapi({ description: 'The solved challenge of an answer 428, as base64 of JSON (ALTCHA)' })

export const NewComment = z
  .strictObject({
    ...pageNamed,
    parent: Id.optional().openapi({ description: 'The comment this one answers' }),
    body: body.openapi({ description: 'Markdown' }),
    name: line(NAME_LENGTH)
      .optional()
      .openapi({ description: 'What a guest wants to be called; once is enough' }),
    mail: MailAddress.optional().openapi({
      description: 'Where a guest wants to hear of replies: used once they have confirmed it',
    }),
    anchor: Anchor.optional(),
    title: z
      .string()
      .max(TITLE_LENGTH)
      .optional()
      .openapi({ description: 'The title of the page, kept when it is first seen' }),
    arrival: z.string().max(64).optional().openapi({
      description: 'The code the person arrived through; used only where no visit of theirs is known',
    }),
    proof: Proof.optional(),
  })
  .openapi('NewComment')
export type NewComment = z.input<typeof NewComment>

/** A comment as it was taken. `state` of `held`: its author sees it, others when a moderator lets them. */
export const Posted = z.object({ comment: Comment }).openapi('PostedComment')
export type Posted = z.infer<typeof Posted>

export const CommentChange = z.strictObject({ body, proof: Proof.optional() }).openapi('CommentChange')
export type CommentChange = z.input<typeof CommentChange>

/** What a comment's author wrote, to be changed. */
export const Source = z
  .object({
    body: z.string(),
    edits: z
      .array(z.object({ at: z.string(), body: z.string() }))
      .openapi({ description: 'What it said before, latest first' }),
  })
  .openapi('CommentSource')
export type Source = z.infer<typeof Source>

export const NewPreview = z.strictObject({ body }).openapi('NewCommentPreview')
export type NewPreview = z.input<typeof NewPreview>
export const Preview = z.object({ body: Markup }).openapi('CommentPreview')
export type Preview = z.infer<typeof Preview>

export const NewVote = z
  .strictObject({ value: z.union([z.literal(1), z.literal(0), z.literal(-1)]) })
  .openapi('NewVote')
export type NewVote = z.input<typeof NewVote>
export const Votes = z.object({ ups: z.int(), downs: z.int(), value: z.int() }).openapi('Votes')
export type Votes = z.infer<typeof Votes>

export const NewReaction = z
  .strictObject({ emoji: z.string().min(1).max(32), on: z.boolean() })
  .openapi('NewReaction')
export type NewReaction = z.input<typeof NewReaction>
export const Reactions = z
  .object({ reactions: Comment.shape.reactions, own: z.array(z.string()) })
  .openapi('Reactions')
export type Reactions = z.infer<typeof Reactions>

export const NewReport = z
  .strictObject({ reason: z.enum(REPORT_REASONS), note: z.string().max(NOTE_LENGTH).default('') })
  .openapi('NewReport')
export type NewReport = z.input<typeof NewReport>

export const NewAccepted = z.strictObject({ answer: Id.nullable() }).openapi('NewAccepted')
export type NewAccepted = z.input<typeof NewAccepted>

/** A comment with those above it: what a permalink opens. */
export const Context = z
  .object({
    url: z.string(),
    data: z.array(Comment).openapi({
      description: 'The nearest ancestors, topmost first, then the comment and its first replies',
    }),
    earlier: z.boolean().openapi({ description: 'There are more ancestors' }),
    next: z.string().nullable(),
  })
  .openapi('CommentContext')
export type Context = z.infer<typeof Context>

const ids = z.union([Id, z.array(Id).max(IDS_AT_ONCE)]).transform((id) => (Array.isArray(id) ? id : [id]))
export const CommentsQuery = z.object({ id: ids })
export const Found = z.object({ data: z.array(Comment) }).openapi('Comments')
export type Found = z.infer<typeof Found>

export const MentionsQuery = z.object({ ...pageNamed, q: z.string().max(NAME_LENGTH).default('') })
export const Mentionable = z.object({ data: z.array(Named) }).openapi('Mentionable')
export type Mentionable = z.infer<typeof Mentionable>

/** What changed in a thread: read those ids anew. Sent by server-sent events as `thread`. */
export interface ThreadNews {
  fresh: string[]
  changed: string[]
}
