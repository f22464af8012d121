/**
 * Every table, on one page. Primary keys, unique indexes and foreign keys start with `site_id`; times are
 * milliseconds since 1970; row ids are time-ordered (ids.ts). Tables below the line are derived and can be rebuilt.
 */
export interface Database {
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
  owner_session: { site_id: string; token_hash: string; kind: 'link' | 'session'; expires_at: number }

  person: { site_id: string; id: string; created_at: number }
  /** What a person is known by: the hash of a token, or of the site's own customer id. */
  person_key: { site_id: string; key_hash: string; person_id: string; created_at: number }

  page: { site_id: string; id: string; identity: string; url: string; created_at: number }

  /** A node of a chain. `path` is the ids from the root to itself, 16 characters each. Never updated but to revoke. */
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
    at: number
  }
  /** Every code that was handed out, with the share it means: the first is the share's own, others are aliases. */
  share_code: { site_id: string; code: string; share_id: string; revoked_at: number | null }
  /** `visitor` is a person key's hash, or the row's own id where the visitor keeps none. Only `last_at` ever moves. */
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

  /** `path` snapshots the chain at the conversion. A share is null until one is known; then it stays. */
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
  }

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
  }
}
