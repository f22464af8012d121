/** Lets the page have its turn between two pieces of work. */
export const breathe = (): Promise<unknown> =>
  (globalThis as { scheduler?: { yield?(): Promise<unknown> } }).scheduler?.yield?.() ??
  new Promise((resolve) => setTimeout(resolve))

/** Lets the page be painted between two pieces of work; where nothing is painted, it does not wait for it. */
export const painted = (): Promise<unknown> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, 100)
  })
