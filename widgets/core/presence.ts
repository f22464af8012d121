const TURNS = ['readystatechange', 'visibilitychange', 'prerenderingchange', 'pageshow']

/** Runs `then` once a person can see the parsed page: at once, or after prerender, a background tab or bfcache. */
export function whenPresent(then: () => void): void {
  const turn = () => {
    const { readyState, visibilityState, prerendering } = document
    if (readyState === 'loading' || visibilityState !== 'visible' || prerendering) return
    for (const type of TURNS) removeEventListener(type, turn, true)
    then()
  }
  // Captured at the window: `pageshow` is fired there, the others at the document.
  for (const type of TURNS) addEventListener(type, turn, true)
  turn()
}

declare global {
  interface Document {
    readonly prerendering?: boolean
  }
}
