import type { Database } from '../../server/db/schema.ts'

/** A person's row with nothing in it but its site. */
export const blankPerson = (site: string): Omit<Database['person'], 'id'> => ({
  site_id: site,
  created_at: 1,
  name: null,
  listed: 0,
  payout: null,
  brought_by: null,
  member_since: null,
  role: 'member',
  name_key: null,
  mail: null,
  mail_confirmed: 0,
  avatar: null,
  merged_into: null,
})
