import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Range } from './ranges.ts'

/**
 * The ways over channels that led to nothing: of everybody who visited in a range, the channels of the visits after
 * their last conversion there, oldest first. Each way once, with how many people went it.
 */
export async function lostPaths(
  db: Kysely<Database>,
  site: string,
  { from, to }: Range,
): Promise<{ channels: string[]; people: number }[]> {
  const { rows } = await sql<{ channels: string; people: number }>`
    with bought as (
      select coalesce(known.person_id, conversion.buyer_id, conversion.visitor) as who, max(conversion.at) as at
      from conversion left join person_key known
        on known.site_id = conversion.site_id and known.key_hash = conversion.visitor
      where conversion.site_id = ${site} and conversion.at >= ${from} and conversion.at < ${to}
      group by 1),
    visited as (
      select coalesce(known.person_id, visit.visitor) as who, share.channel, visit.last_at as at, visit.id
      from visit join share on share.site_id = visit.site_id and share.id = visit.share_id
        left join person_key known on known.site_id = visit.site_id and known.key_hash = visit.visitor
      where visit.site_id = ${site} and visit.last_at >= ${from} and visit.last_at < ${to}),
    lost as (
      select string_agg(visited.channel, ' ' order by visited.at, visited.id) as channels
      from visited left join bought on bought.who = visited.who
      where bought.at is null or visited.at > bought.at
      group by visited.who)
    select channels, count(*) as people from lost group by channels`.execute(db)
  return rows.map(({ channels, people }) => ({ channels: channels.split(' '), people }))
}
