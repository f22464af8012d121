import type { ThreadNews } from '../../server/contract/comments.ts'
import { request } from '../core/api.ts'

/** Reads one stream of a thread's news to its end. */
export async function listen(
  query: string,
  hear: (news: ThreadNews) => void,
  signal: AbortSignal,
): Promise<void> {
  const answer = await request(`/v1/threads/live${query}`, { signal, cache: 'no-store' }, {})
  if (!answer.ok) return
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const events = (text + read.value).split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      const [, data] = /^event: thread\ndata: (.*)/m.exec(event) ?? []
      if (data) hear(JSON.parse(data))
    }
  }
}
