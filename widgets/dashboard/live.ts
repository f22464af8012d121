/** Whether changes are coming in: `live`, or `waiting` for the connection. */
export type LiveState = 'live' | 'waiting'

/** Changes come in bursts; the views read anew at most this often, in milliseconds. */
const PAUSE = 1_500

/**
 * Listens for changes until stopped. The first change of a burst is told at once and the rest together after a pause; a
 * connection that came back is told too, since changes may have been missed.
 */
export function listenLive(changed: () => void, state: (now: LiveState) => void): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  let missed = false
  let wait = 1_000

  const tell = (): void => {
    if (timer) {
      again = true
      return
    }
    changed()
    timer = setTimeout(() => {
      timer = undefined
      if (again) {
        again = false
        tell()
      }
    }, PAUSE)
  }
  const connect = (): void => {
    source = new EventSource('/v1/live')
    source.addEventListener('open', () => {
      wait = 1_000
      state('live')
      if (missed) tell()
      missed = false
    })
    source.addEventListener('changed', tell)
    source.addEventListener('error', () => {
      missed = true
      state('waiting')
      // The browser retries by itself, except after an answer that is no stream (a 503 while the server restarts).
      if (source?.readyState !== EventSource.CLOSED) return
      wait = Math.min(wait * 2, 30_000)
      retry = setTimeout(connect, wait)
    })
  }
  let retry: ReturnType<typeof setTimeout> | undefined
  connect()
  return () => {
    source?.close()
    clearTimeout(timer)
    clearTimeout(retry)
  }
}
