export {
  CREDITED,
  GAMEABLE_SPLITS,
  PROGRAMME_STATUSES,
  REWARD_STATES,
  SPLITS,
  type Split,
  TOUCHES,
  type Touch,
} from '../../server/contract/models.ts'

/** How the list of cascades can be sorted. The contract's own list lives beside its schemas, which the page must not load. */
export const CASCADE_SORTS = ['recent', 'size', 'depth', 'visits', 'conversions'] as const
export type CascadeSort = (typeof CASCADE_SORTS)[number]

/** How people, pages and channels can be sorted. */
export const TOP_SORTS = ['visits', 'shares', 'conversions'] as const
export type TopSort = (typeof TOP_SORTS)[number]
