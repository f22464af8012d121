/** Names of models, states and reasons that both sides of the wire know. Free of imports: widgets load it without zod. */

/** Which of the buyer's visits earn. `markov` and `shapley` are analysis over channels. */
export const TOUCHES = ['last', 'first', 'linear', 'decay', 'position', 'markov', 'shapley'] as const
export type Touch = (typeof TOUCHES)[number]

/** The touch models that money can be paid by. */
export const PAYING_TOUCHES = ['last', 'first', 'linear', 'decay', 'position'] as const
export type PayingTouch = (typeof PAYING_TOUCHES)[number]

/** How one visit's part runs up its chain. `blend` is α·nearest + (1 − α)·leibniz. */
export const SPLITS = ['nearest', 'root', 'linear', 'halving', 'leibniz', 'blend'] as const
export type Split = (typeof SPLITS)[number]
/** The splits under which inventing hops of oneself pays: owners who pick them are told. */
export const GAMEABLE_SPLITS: readonly Split[] = ['linear', 'halving']

/** What credit is summed by. */
export const CREDITED = ['person', 'share', 'channel', 'page'] as const

/** Days after which a touch counts half, and the nearest sharer's part of a blend, unless told. */
export const HALF_LIFE_DAYS = 7
export const BLEND_ALPHA = 0.5

export const PROGRAMME_STATUSES = ['draft', 'running', 'paused', 'ended'] as const
export type ProgrammeStatus = (typeof PROGRAMME_STATUSES)[number]

/** For what a person is rewarded. */
export const ROLES = ['sharer', 'buyer', 'author'] as const
/** What became of a reward. `review` waits for the owner; `refused` is the owner's word, `reversed` a refund's. */
export const REWARD_STATES = ['pending', 'review', 'approved', 'paid', 'refused', 'reversed'] as const
export type RewardState = (typeof REWARD_STATES)[number]

/** Why a reward waits in review. */
export const REASONS = [
  'self_referral',
  'same_mail',
  'same_payout',
  'ring',
  'burst',
  'no_gesture',
  'timing',
  'disposable_mail',
  'bot',
] as const
export type Reason = (typeof REASONS)[number]

/** How rewards reach people: money by a list for the bank, store credit, or coupons. */
export const PAYOUT_METHODS = ['money', 'credit', 'coupon'] as const

/** What a coupon's code looks like once it is in capitals. */
export const COUPON_SHAPE = /^[0-9A-Z][0-9A-Z-]{2,30}[0-9A-Z]$/

/** Longest name a person may choose, in characters. */
export const NAME_LENGTH = 60
/** Longest payout address, in characters. */
export const PAYOUT_LENGTH = 200
