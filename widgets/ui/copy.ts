/** Loads the way of copying that pages without the Clipboard API take. */
export const otherWay = () => import('./copy-selected.ts')

/** Copies a text, by the one way or the other. Answers whether it was copied. */
export async function copyText(text: string, root: ShadowRoot): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return (await otherWay()).copySelected(text, root)
  }
}
