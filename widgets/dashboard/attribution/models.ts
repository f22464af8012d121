import { BLEND_ALPHA, HALF_LIFE_DAYS } from '../../../server/contract/models.ts'
import { CREDITED, SPLITS, type Split, TOUCHES, type Touch } from '../choices.ts'
import type { Route } from '../route.ts'

/** One choice of the two axes: which visits earn, and how a visit's part runs up its chain. */
export interface Model {
  touch: Touch
  split: Split
}

/** All that the view is asked for. */
export interface Asked {
  model: Model
  against: Model | undefined
  by: (typeof CREDITED)[number]
  halfLifeDays: number
  alpha: number
}

/** Models that are found by comparing whole paths of channels; nothing runs up a chain under them. */
export const isAnalysis = (touch: string | undefined): boolean => touch === 'markov' || touch === 'shapley'

/** What a link asks for. Analysis knows channels only, whatever the link says. */
export function askedBy({ options }: Route): Asked {
  const model = {
    touch: among(TOUCHES, options.touch, 'last'),
    split: among(SPLITS, options.split, 'nearest'),
  }
  const compared = options.againstTouch !== undefined || options.againstSplit !== undefined
  const against = compared
    ? {
        touch: among(TOUCHES, options.againstTouch, model.touch),
        split: among(SPLITS, options.againstSplit, model.split),
      }
    : undefined
  const analysis = isAnalysis(model.touch) || isAnalysis(against?.touch)
  return {
    model,
    against,
    by: analysis ? 'channel' : among(CREDITED, options.by, 'person'),
    halfLifeDays: Number(options.halfLifeDays ?? HALF_LIFE_DAYS),
    alpha: Number(options.alpha ?? BLEND_ALPHA),
  }
}

/** What a link must change to ask for something else than channels. */
export function withoutAnalysis({ options: { touch, againstTouch } }: Route) {
  const plain = (name: string | undefined) => (isAnalysis(name) ? 'last' : name)
  return { touch: plain(touch), againstTouch: plain(againstTouch) }
}

/** The same as the report's parameters; a number that no chosen model uses is left out. */
export function queryOf({ model, against, by, halfLifeDays, alpha }: Asked) {
  const used = [model, ...(against ? [against] : [])]
  return {
    ...model,
    by,
    againstTouch: against?.touch,
    againstSplit: against?.split,
    halfLifeDays: used.some(({ touch }) => touch === 'decay') ? halfLifeDays : undefined,
    alpha: used.some(({ split }) => split === 'blend') ? alpha : undefined,
  }
}

function among<T extends string>(names: readonly T[], wanted: string | undefined, usual: T): T {
  return names.find((name) => name === wanted) ?? usual
}
