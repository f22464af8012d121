import type { AttributionReport } from '../../server/contract/reports.ts'

/** How the list of cascades can be sorted. The contract's own list lives beside its schemas, which the page must not load. */
export const CASCADE_SORTS = ['recent', 'size', 'depth', 'visits', 'conversions'] as const
export type CascadeSort = (typeof CASCADE_SORTS)[number]

/** How people, pages and channels can be sorted. */
export const TOP_SORTS = ['visits', 'shares', 'conversions'] as const
export type TopSort = (typeof TOP_SORTS)[number]

/** How one conversion's worth runs up its chain. */
export const SPLITS = ['nearest', 'leibniz'] as const satisfies readonly AttributionReport['split'][]
export type Split = (typeof SPLITS)[number]
