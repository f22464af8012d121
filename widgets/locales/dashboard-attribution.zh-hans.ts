import type { Catalogue } from '../core/i18n.ts'
import type { attributionEn } from './dashboard-attribution.en.ts'

/** The dashboard's texts of attribution, dividend, funnel and one person, in Simplified Chinese. */
export const attributionZhHans = {
  funnel: '漏斗',
  attribution: '归因',
} satisfies Catalogue<keyof typeof attributionEn>
