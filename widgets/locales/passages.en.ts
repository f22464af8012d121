/** The texts of passages, in English. */
export const passagesEn = {
  pick: 'Comment on this',
  pickTitle: 'Comment on the selected passage (Ctrl+Alt+M)',
}

export type PassageKey = keyof typeof passagesEn
