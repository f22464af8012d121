/**
 * A browser started in the POSIX locale calls its language `en-US@posix`, which `Intl` refuses, and uPlot hands it to
 * `Intl` while it loads. Call this first: it gives the page a valid tag.
 */
export function repairLanguageTag(): void {
  try {
    Intl.getCanonicalLocales(navigator.language)
  } catch {
    const value = navigator.language.replace(/@.*/, '')
    Object.defineProperty(navigator, 'language', { value, configurable: true })
  }
}
