/** The tables of comments, of their screening and of moderation: a part of the schema (schema.ts). */
export interface CommentTables {
  /**
   * How somebody's comments fared, and who answers for them. `level` is the owner's word, above what is computed.
   * `root_id` is the root share of the chain that brought them, `first_at` when they first spoke.
   */
  person_standing: {
    site_id: string
    person_id: string
    approved: number
    refused: number
    vouched_by: string | null
    level: number | null
    root_id: string | null
    first_at: number | null
  }
  /** Who may not speak: one person, or all who came through a share or through what came of it. */
  ban: {
    site_id: string
    id: string
    /** Under `shadow` their comments are seen by themselves alone. */
    kind: 'ban' | 'shadow'
    person_id: string | null
    share_id: string | null
    until: number | null
    note: string
    who: string
    at: number
    lifted_at: number | null
  }
  /** A proof of work that was used. */
  spent_proof: { site_id: string; hash: string; expires_at: number }

  /** The comments of a page. `comments` counts the visible ones. */
  thread: {
    site_id: string
    page_id: string
    mode: 'discussion' | 'questions' | 'ideas'
    state: 'open' | 'locked' | 'read_only'
    closes_at: number | null
    comments: number
    first_at: number | null
    last_at: number | null
  }
  /**
   * `markup` is the body parsed (JSON of the contract's Markup), `reactions` a JSON object of counts, `reasons` JSON: why
   * it was held. `shown` is 1 where it stands in lists: visible and not `shadow`, or gone with replies that stand.
   * `replies` counts the shown ones right below; `below`, on a root, all visible ones. `best` is the Wilson bound × 10⁹.
   */
  comment: {
    site_id: string
    id: string
    page_id: string
    person_id: string
    parent_id: string | null
    root_id: string
    depth: number
    body: string
    markup: string
    state: 'visible' | 'held' | 'refused' | 'deleted'
    shown: number
    shadow: number
    reasons: string
    /** As what it counts in its author's standing. */
    counted: 'approved' | 'refused' | null
    replies: number
    below: number
    ups: number
    downs: number
    best: number
    reactions: string
    /** Reports that nobody has dealt with. */
    reports: number
    pinned_at: number | null
    /** Of a question: the answer that was accepted. */
    accepted_id: string | null
    /** Of an idea. */
    status: 'planned' | 'done' | 'declined' | null
    status_note: string | null
    /** JSON of the contract's Anchor. */
    anchor: string | null
    /** Hashes by which the same text, and nearly the same, is known again. */
    print: string
    simhash: string
    at: number
    edited_at: number | null
    /** When others first saw it. */
    appeared_at: number | null
    /** When somebody last decided what became of it. */
    decided_at: number | null
  }
  /** What a comment said before it was changed. */
  comment_edit: { site_id: string; comment_id: string; at: number; body: string; person_id: string | null }
  comment_vote: { site_id: string; comment_id: string; person_id: string; value: number; at: number }
  comment_reaction: { site_id: string; comment_id: string; person_id: string; emoji: string; at: number }
  comment_report: {
    site_id: string
    comment_id: string
    person_id: string
    reason: string
    note: string
    at: number
    resolved_at: number | null
  }
  comment_mention: { site_id: string; comment_id: string; person_id: string }

  /** What a moderator did, and how it was before (`before`, JSON), so that it can be undone. */
  moderation_act: {
    site_id: string
    id: string
    who: string
    act: string
    subject_kind: 'comment' | 'person' | 'thread' | 'ban' | 'notice' | 'settings'
    subject: string
    before: string
    note: string
    at: number
    undone_at: number | null
    undone_by: string | null
  }
  /** A notice of illegal content (Regulation (EU) 2022/2065, article 16). */
  notice: {
    site_id: string
    id: string
    code_hash: string
    comment_id: string | null
    url: string
    reason: string
    explanation: string
    name: string
    mail: string
    state: 'received' | 'removed' | 'kept'
    statement: string
    decided_by: string | null
    at: number
    decided_at: number | null
  }
}
