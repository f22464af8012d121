import type { Work } from '../deps.ts'

/** Lets a person be called by a name, unless a member, the staff or the owner has it, however it is spelled. */
export async function claimName({ db }: Work, site: string, person: string, name: string): Promise<void> {
  await db.updateTable('person').set({ name }).where('site_id', '=', site).where('id', '=', person).execute()
}
