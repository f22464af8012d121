import type { CommentsHost } from './host.ts'

/** Opens the dialog in which somebody signs in. */
export async function openSignIn(_host: CommentsHost): Promise<void> {}
