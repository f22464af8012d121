import type { CommentsHost } from './host.ts'

/** Opens what is one's own: the name, the face, the ways in. */
export async function openAccount(_host: CommentsHost): Promise<void> {}
