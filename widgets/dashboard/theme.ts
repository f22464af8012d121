/** How the owner wants it: as the system has it, or always light or dark. */
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEPT = 'grapevine-dashboard-theme'

/** The theme chosen before. */
export function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEPT)
    return THEMES.find((theme) => theme === kept) ?? 'auto'
  } catch {
    return 'auto'
  }
}

/** Keeps the choice and gives the whole document its colours; every colour is a `light-dark()` pair that follows. */
export function useTheme(theme: Theme, keep = false): void {
  document.documentElement.dataset.theme = theme
  if (!keep) return
  try {
    localStorage.setItem(KEPT, theme)
  } catch {
    // Kept for this page only.
  }
}
