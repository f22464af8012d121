import { SORTS, THREAD_MODES } from '../../../server/contract/comment-limits.ts'
import { POLICIES } from '../../../server/contract/moderation-models.ts'
import type { CommentSettings } from '../../../server/contract/screening.ts'

/** One setting: how it is chosen or typed. */
export type Field = { name: keyof CommentSettings } & (
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'tick' }
  | { kind: 'number' }
  | { kind: 'text' }
  /** A list, one entry a line. */
  | { kind: 'lines' }
  /** A list, its entries apart by spaces. */
  | { kind: 'words' }
)

const VERDICTS = ['visible', 'held', 'refused'] as const

/** The settings of comments in the order they are shown, section by section. */
export const SECTIONS = {
  waiting: [
    { name: 'policy', kind: 'choice', options: POLICIES },
    { name: 'reportsToHold', kind: 'number' },
  ],
  words: [
    { name: 'heldWords', kind: 'lines' },
    { name: 'refusedWords', kind: 'lines' },
  ],
  limits: [
    { name: 'maxLinks', kind: 'number' },
    { name: 'maxLength', kind: 'number' },
    { name: 'perMinute', kind: 'number' },
    { name: 'proofOfWork', kind: 'choice', options: ['never', 'doubtful', 'guests'] },
    { name: 'disposableMail', kind: 'choice', options: VERDICTS },
  ],
  readers: [
    { name: 'guests', kind: 'tick' },
    { name: 'annotations', kind: 'tick' },
    { name: 'votes', kind: 'choice', options: ['both', 'up', 'none'] },
    { name: 'reactions', kind: 'words' },
    { name: 'mode', kind: 'choice', options: THREAD_MODES },
    { name: 'sort', kind: 'choice', options: SORTS },
    { name: 'editMinutes', kind: 'number' },
    { name: 'closeAfterDays', kind: 'number' },
  ],
  names: [
    { name: 'reservedNames', kind: 'lines' },
    { name: 'imageHosts', kind: 'lines' },
    { name: 'contact', kind: 'text' },
  ],
} as const satisfies Record<string, readonly Field[]>

export type Section = keyof typeof SECTIONS
