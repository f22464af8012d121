import type { RequestFailure } from '../core/request-own.ts'
import type { CommentsHost } from './host.ts'

/** Says that something was not taken; whoever has to sign in first is asked to. */
export async function refused(host: CommentsHost, error: unknown): Promise<void> {
  host.fail(error)
  const { code } = error as Partial<RequestFailure>
  if (code === 'unauthorized') return void (await import('./sign-in.ts')).openSignIn(host)
  host.say(host.texts.t('notDone'), true)
}
