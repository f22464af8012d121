import type { CommentSettings, CommentSettingsChange } from '../contract/screening.ts'
import type { Deps, Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { invalid } from '../invalid.ts'
import { checkOutbound, OutboundError } from '../outbound.ts'
import { seal } from '../seal.ts'
import { holdSettings, keepSettings } from '../settings.ts'
import { AREA, commentSettings, KeptSettings } from './comment-settings.ts'

/** How a secret that is there is shown; sent back, it stays. */
export const HIDDEN = '…'
/** What a site's keys and secrets of hooks are sealed for. */
export const sealedFor = (site: string): string => `comment hooks ${site}`

/** Settings as they are shown: without their secrets. */
export const shownSettings = (settings: CommentSettings): CommentSettings => ({
  ...settings,
  akismet: settings.akismet && { ...settings.akismet, key: settings.akismet.key && HIDDEN },
  hook: settings.hook && { ...settings.hook, secret: HIDDEN },
})

/** A change that is checked as far as it can be without what is there; its secrets are sealed. */
export async function readChange(
  deps: Deps,
  site: string,
  change: CommentSettingsChange,
): Promise<CommentSettingsChange> {
  const { akismet, hook } = change
  if (akismet) callable(deps, 'akismet.url', akismet.url)
  if (hook) callable(deps, 'hook.url', hook.url)
  const secret = akismet || hook ? await deps.secret() : ''
  const sealed = (text: string) =>
    text === '' || text === HIDDEN ? text : seal(secret, sealedFor(site), text)
  return {
    ...change,
    ...(akismet ? { akismet: { ...akismet, key: sealed(akismet.key ?? '') } } : {}),
    ...(hook ? { hook: { ...hook, secret: sealed(hook.secret) } } : {}),
  }
}

function callable(deps: Deps, field: string, url: string | undefined): void {
  try {
    if (url !== undefined) checkOutbound(deps, url)
  } catch (error) {
    if (error instanceof OutboundError) throw new AppError('invalid', error.message, { field })
    throw error
  }
}

/** Changes how comments are on a site. What is not named stays. */
export async function changeSettings(
  work: Work,
  site: string,
  who: string,
  change: CommentSettingsChange,
): Promise<CommentSettings> {
  await holdSettings(work, site)
  const before = await commentSettings(work.db, site)
  const merged = KeptSettings.safeParse({ ...before, ...withKept(change, before) })
  if (!merged.success) throw invalid(merged.error.issues, 'json')
  checkKeys(merged.data)
  await keepSettings(work, site, AREA, merged.data)
  if (JSON.stringify(merged.data) !== JSON.stringify(before)) await noteChange(work, site, who, before)
  return merged.data
}

/** Puts back how comments were: what a moderator's record of the change has as `before`. */
export async function restoreSettings(work: Work, site: string, before: unknown): Promise<void> {
  await keepSettings(work, site, AREA, KeptSettings.parse(before))
}

/** The change, with the secrets that are kept in place of those that came back as they were shown. */
function withKept(change: CommentSettingsChange, before: CommentSettings): CommentSettingsChange {
  const { akismet, hook } = change
  return {
    ...change,
    ...(akismet?.key === HIDDEN
      ? { akismet: { ...akismet, key: kept('akismet.key', keyFor(akismet.url, before)) } }
      : {}),
    ...(hook?.secret === HIDDEN
      ? { hook: { ...hook, secret: kept('hook.secret', before.hook?.secret) } }
      : {}),
  }
}

/** The key that is there, for the address that it was given for and no other: it is sent along as it is. */
const keyFor = (url: string | undefined, { akismet }: CommentSettings): string | undefined =>
  akismet?.url === url ? akismet?.key : undefined

function kept(field: string, secret: string | undefined): string {
  if (!secret) throw new AppError('invalid', 'is not known for this address: send it whole', { field })
  return secret
}

function checkKeys({ akismet }: CommentSettings): void {
  if (akismet && akismet.key === '' && new URL(akismet.url).hostname.endsWith('akismet.com'))
    throw new AppError('invalid', 'is the key that Akismet gave you', { field: 'akismet.key' })
}

/** Written down as what moderators do is, so that it can be undone. */
async function noteChange(
  { db, now, newId }: Work,
  site: string,
  who: string,
  before: CommentSettings,
): Promise<void> {
  await db
    .insertInto('moderation_act')
    .values({
      site_id: site,
      id: newId(),
      who,
      act: 'settings',
      subject_kind: 'settings',
      subject: AREA,
      before: JSON.stringify(before),
      note: '',
      at: now(),
      undone_at: null,
      undone_by: null,
    })
    .execute()
}
