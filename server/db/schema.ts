import type { CommentTables } from './comment-tables.ts'

/**
 * Every table, on one page. Primary keys, unique indexes and foreign keys start with `site_id`; times are
 * milliseconds since 1970; row ids are time-ordered (ids.ts). Tables below the line are derived and can be rebuilt.
 */
export interface Database extends CommentTables {
  /** A tenant. `origins` is a JSON array. */
  site: { site_id: string; name: string; origins: string; publishable_key: string; created_at: number }
  secret_key: {
    site_id: string
    key_hash: string
    hint: string
    created_at: number
    revoked_at: number | null
  }
  /** An owner's way in: a one-time link, or a session it was exchanged for. */
  owner_session: {
    site_id: string
    token_hash: string
    kind: 'link' | 'session'
    expires_at: number
    /** What the session may do; a moderator's names their person. */
    role: 'owner' | 'admin' | 'moderator'
    person_id: string | null
  }

  /**
   * `name` is what they chose to be called, `listed` that it may stand on the leaderboard, `payout` where money goes.
   * `brought_by` is the share they had arrived through when they were born. A guest has no `member_since`. `name_key`
   * is the name with look-alikes folded. `mail` is where replies go once it is confirmed. Whoever turned out to be
   * somebody else is `merged_into` them: their shares stay where they stand, all else is the other's.
   */
  person: {
    site_id: string
    id: string
    created_at: number
    name: string | null
    listed: number
    payout: string | null
    brought_by: string | null
    member_since: number | null
    role: 'member' | 'moderator' | 'admin' | 'owner'
    name_key: string | null
    mail: string | null
    mail_confirmed: number
    avatar: string | null
    merged_into: string | null
  }
  /**
   * What a person is known by: the hash of a token, or of the site's own customer id. A `retired` token lets nobody act
   * any more; what was done by it stays theirs.
   */
  person_key: {
    site_id: string
    key_hash: string
    person_id: string
    created_at: number
    kind: 'token' | 'customer' | 'retired'
    expires_at: number | null
  }
  /** What a member signs in by: a mailbox, an account elsewhere (`issuer subject`), the host's own id, a passkey's id. */
  person_identity: {
    site_id: string
    kind: 'mail' | 'oauth' | 'sso' | 'passkey'
    subject: string
    person_id: string
    /** JSON: the address as written, a passkey's public key … */
    data: string
    at: number
  }
  /** Something begun that has to be finished with a secret: a code by mail, a ticket, a confirmation. `data` is JSON. */
  sign_in: {
    site_id: string
    kind: string
    token_hash: string
    data: string
    attempts: number
    at: number
    expires_at: number
  }
  /** A picture of a person, made anew from what they sent. `bytes` is base64. */
  avatar: { site_id: string; id: string; person_id: string; type: string; bytes: string; at: number }

  /** What tells that two persons may be one: the hash of a mail address or of a payout address. */
  person_mark: { site_id: string; kind: 'mail' | 'payout'; hash: string; person_id: string; at: number }

  page: {
    site_id: string
    id: string
    identity: string
    url: string
    created_at: number
    author_id: string | null
    title: string | null
  }
  /** Another identity of a page: the id its owner gave it (`id:` and that). */
  page_alias: { site_id: string; identity: string; page_id: string; at: number }
  /** Pages that moved, one (`prefix` 0) or all that begin so: from an identity to a URL. */
  page_move: { site_id: string; id: string; from_url: string; to_url: string; prefix: number; at: number }

  /** What a site's owner chose for an area, JSON; what is not there is as the contract's defaults say. */
  setting: { site_id: string; area: string; value: string; updated_at: number }

  /**
   * A node of a chain. `path` is the ids from the root to itself, 16 characters each, and `people` the persons in the
   * same order. Never updated.
   */
  share: {
    site_id: string
    id: string
    code: string
    person_id: string
    page_id: string
    url: string
    channel: string
    parent_id: string | null
    root_id: string
    depth: number
    path: string
    people: string
    at: number
  }
  /** Every code that was handed out, with the share it means: the first is the share's own, others are aliases. */
  share_code: { site_id: string; code: string; share_id: string; revoked_at: number | null }
  /** `visitor` is a person key's hash, or the row's own id where the visitor keeps none. Only `last_at` moves, and `gesture` and `visitor` once. */
  visit: {
    site_id: string
    id: string
    share_id: string
    visitor: string
    page_id: string
    rung: string
    day: number
    at: number
    last_at: number
    /** 1 once the visitor has clicked, typed or touched there. */
    gesture: number
  }
  /** A visit, share or conversion that hangs under a code nobody has registered yet. */
  waiting: {
    site_id: string
    code: string
    id: string
    kind: 'visit' | 'share' | 'conversion'
    visitor: string
    page_id: string
    body: string
    at: number
    expires_at: number
  }

  /**
   * `path` and `people` snapshot the chain at the conversion, `touches` the buyer's visits in the window, oldest first:
   * JSON, `[share_id, at]` each. A share is null until one is known; then it stays. `value` is gross; what counts is
   * `value - refunded`. `signs` is JSON: what was suspicious when it was reported. `voided` is 1 when wholly refunded.
   */
  conversion: {
    site_id: string
    id: string
    order_id: string | null
    name: string
    value: number | null
    currency: string | null
    visitor: string | null
    share_id: string | null
    path: string | null
    rung: string | null
    proved: number
    at: number
    people: string | null
    buyer_id: string | null
    touches: string | null
    refunded: number
    voided: number
    coupon: string | null
    mail_hash: string | null
    signs: string | null
  }
  /** Money given back. `value` null is all of it; `conversion_id` is null until the order is known. */
  refund: {
    site_id: string
    refund_id: string
    order_id: string
    conversion_id: string | null
    value: number | null
    currency: string | null
    applied: number
    at: number
  }

  /**
   * A code that somebody types at the till. Whose it is follows from its share. A gift is a row a hand-over, all with
   * the first code in `gift`; the one that is not passed on yet can be redeemed.
   */
  coupon: {
    site_id: string
    code: string
    gift: string | null
    person_id: string
    share_id: string
    label: string
    most: number | null
    used: number
    expires_at: number | null
    passed_at: number | null
    revoked_at: number | null
    created_at: number
  }
  coupon_use: { site_id: string; conversion_id: string; code: string; at: number }

  programme: {
    site_id: string
    id: string
    name: string
    status: 'draft' | 'running' | 'paused' | 'ended'
    version: number
    created_at: number
    updated_at: number
  }
  /** A rule as it was; `rule` is JSON of the contract's `Rule`. Never updated. */
  programme_version: { site_id: string; programme_id: string; version: number; rule: string; at: number }
  /** That a programme has dealt with a conversion: once, with the rule and the arithmetic (`detail`) of that moment. */
  earning: {
    site_id: string
    programme_id: string
    conversion_id: string
    version: number
    pot: number
    house: number
    currency: string
    nearest_id: string | null
    friend: string
    detail: string
    at: number
  }
  /** What one person is owed for one conversion. `reversed` is the part taken back. `reasons` is a JSON array. */
  reward: {
    site_id: string
    id: string
    programme_id: string
    conversion_id: string
    line: number
    person_id: string
    role: 'sharer' | 'buyer' | 'author'
    share_id: string | null
    hop: number | null
    amount: number
    reversed: number
    currency: string
    state: 'pending' | 'review' | 'approved' | 'paid' | 'refused' | 'reversed'
    reasons: string
    approve_at: number
    payout_id: string | null
    created_at: number
  }
  payout: {
    site_id: string
    id: string
    method: 'money' | 'credit' | 'coupon'
    state: 'open' | 'paid' | 'cancelled'
    created_at: number
    created_by: string
    paid_at: number | null
  }
  /**
   * Double entry, append-only: the lines of a transaction sum to zero in each currency. `holder` is the programme's or
   * person's id, or '' for the house.
   */
  ledger: {
    site_id: string
    txn: string
    line: number
    account: 'programme' | 'house' | 'person' | 'payable' | 'credit' | 'paid'
    holder: string
    amount: number
    currency: string
    reason: string
    programme_id: string | null
    conversion_id: string | null
    reward_id: string | null
    at: number
  }
  /** What somebody decided about somebody's reward or programme: who, what, and why. */
  decision: {
    site_id: string
    id: string
    who: string
    act: string
    subject: string
    detail: string
    at: number
  }
  /** What this server signs with, where no SECRET is configured and no file can hold it. */
  server_secret: { name: string; secret: string }

  idempotency: {
    site_id: string
    key_hash: string
    body_hash: string
    status: number
    answer: string
    created_at: number
  }
  outbox: {
    site_id: string
    id: string
    topic: string
    body: string
    run_at: number
    attempts: number
    error: string | null
  }

  // ---------------------------------------------------------------- derived

  /** `below` counts the shares that came of this one. */
  share_total: { site_id: string; share_id: string; below: number; visits: number; conversions: number }
  /** A tree of at least two shares. `distances` is its Wiener index: the sum of all pairwise distances. */
  cascade: {
    site_id: string
    root_id: string
    size: number
    depth: number
    breadth: number
    depth_sum: number
    distances: number
    visits: number
    conversions: number
    started_at: number
    last_at: number
  }
  cascade_level: { site_id: string; root_id: string; depth: number; shares: number }
  /** Counts of one subject in one hour or day (UTC). `currency` is '' on the row of counts, else the row holds `amount`. */
  rollup: {
    site_id: string
    kind: 'site' | 'page' | 'channel' | 'person'
    grain: 'hour' | 'day'
    subject: string
    at: number
    currency: string
    shares: number
    visits: number
    conversions: number
    attributed: number
    proved: number
    amount: number
    /** Visits with a gesture, persons born of visits, and shares that came of visits: the steps of the funnel. */
    interacted: number
    joined: number
    passed_on: number
  }
}
