import { html, type TemplateResult } from 'lit'
import type { Site } from '../../server/contract/sites.ts'
import { GrapevineCopy } from './parts/grapevine-copy.ts'
import type { Range } from './ranges.ts'
import type { Route, ViewName } from './route.ts'

/** Registers elements; one that is registered already is left as it is. */
export function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element)
  }
}

/** What the shell gives to a view. */
export interface Scene {
  site: Site
  route: Route
  range: Range
  revision: number
}

/** A view's name, or `cascade` for one cascade as a tree, `person` for one person's page. */
export type Shown = ViewName | 'cascade' | 'person'

/** Which element shows a route. */
export const shownBy = ({ view, code }: Route): Shown =>
  code ? (view === 'people' ? 'person' : 'cascade') : view

/** Loads a view's code, charts and all, the first time that it is wanted. */
export async function loadView(name: Shown): Promise<void> {
  define({ 'grapevine-copy': GrapevineCopy })
  await loaders[name]()
}

const loaders: Readonly<Record<Shown, () => Promise<void>>> = {
  overview: async () => {
    const [{ GrapevineOverview }, { GrapevineSeries }] = await Promise.all([
      import('./overview/grapevine-overview.ts'),
      import('./overview/grapevine-series.ts'),
    ])
    define({ 'grapevine-series': GrapevineSeries, 'grapevine-overview': GrapevineOverview })
  },
  cascades: async () => {
    define({ 'grapevine-cascades': (await import('./cascades/grapevine-cascades.ts')).GrapevineCascades })
  },
  cascade: async () => {
    const [{ GrapevineCascade }, { GrapevineTree }] = await Promise.all([
      import('./tree/grapevine-cascade.ts'),
      import('./tree/grapevine-tree.ts'),
    ])
    define({ 'grapevine-tree': GrapevineTree, 'grapevine-cascade': GrapevineCascade })
  },
  people: async () => {
    define({ 'grapevine-people': (await import('./people/grapevine-people.ts')).GrapevinePeople })
  },
  pages: async () => {
    define({ 'grapevine-pages': (await import('./people/grapevine-pages.ts')).GrapevinePages })
  },
  channels: async () => {
    define({ 'grapevine-channels': (await import('./people/grapevine-channels.ts')).GrapevineChannels })
  },
  conversions: async () => {
    define({
      'grapevine-conversions': (await import('./conversions/grapevine-conversions.ts')).GrapevineConversions,
    })
  },
  attribution: async () => {
    define({
      'grapevine-attribution': (await import('./attribution/grapevine-attribution.ts')).GrapevineAttribution,
    })
  },
  dividend: async () => {
    define({
      'grapevine-dividend': (await import('./dividend-view/grapevine-dividend.ts')).GrapevineDividend,
    })
  },
  funnel: async () => {
    define({ 'grapevine-funnel': (await import('./funnel/grapevine-funnel.ts')).GrapevineFunnel })
  },
  programmes: async () => {
    const [{ GrapevineProgrammes }, { GrapevineProgramme }, { GrapevineProgrammePreview }] =
      await Promise.all([
        import('./programmes/grapevine-programmes.ts'),
        import('./programmes/grapevine-programme.ts'),
        import('./programmes/grapevine-programme-preview.ts'),
      ])
    define({
      'grapevine-programme-preview': GrapevineProgrammePreview,
      'grapevine-programme': GrapevineProgramme,
      'grapevine-programmes': GrapevineProgrammes,
    })
  },
  rewards: async () => {
    define({ 'grapevine-rewards': (await import('./rewards/grapevine-rewards.ts')).GrapevineRewards })
  },
  payouts: async () => {
    define({ 'grapevine-payouts': (await import('./payouts/grapevine-payouts.ts')).GrapevinePayouts })
  },
  moderation: async () => {
    define({
      'grapevine-moderation': (await import('./moderation/grapevine-moderation.ts')).GrapevineModeration,
    })
  },
  notices: async () => {
    define({
      'grapevine-notices': (await import('./notices/grapevine-notices.ts')).GrapevineNotices,
    })
  },
  bans: async () => {
    define({
      'grapevine-bans': (await import('./bans/grapevine-bans.ts')).GrapevineBans,
    })
  },
  members: async () => {
    define({
      'grapevine-members': (await import('./members/grapevine-members.ts')).GrapevineMembers,
    })
  },
  comments: async () => {
    define({
      'grapevine-comment-settings': (await import('./comment-settings/grapevine-comment-settings.ts'))
        .GrapevineCommentSettings,
    })
  },
  person: async () => {
    define({ 'grapevine-person': (await import('./person/grapevine-person.ts')).GrapevinePerson })
  },
}

const templates: Readonly<Record<Shown, (scene: Scene) => TemplateResult>> = {
  overview: (s) => html`<grapevine-overview
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-overview>`,
  cascades: (s) => html`<grapevine-cascades
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-cascades>`,
  cascade: (s) => html`<grapevine-cascade
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-cascade>`,
  people: (s) => html`<grapevine-people
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-people>`,
  pages: (s) => html`<grapevine-pages
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-pages>`,
  channels: (s) => html`<grapevine-channels
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-channels>`,
  conversions: (s) => html`<grapevine-conversions
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-conversions>`,
  attribution: (s) => html`<grapevine-attribution
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-attribution>`,
  dividend: (s) => html`<grapevine-dividend
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-dividend>`,
  funnel: (s) => html`<grapevine-funnel
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-funnel>`,
  programmes: (s) => html`<grapevine-programmes
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-programmes>`,
  rewards: (s) => html`<grapevine-rewards
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-rewards>`,
  payouts: (s) => html`<grapevine-payouts
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-payouts>`,
  moderation: (s) => html`<grapevine-moderation
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-moderation>`,
  notices: (s) => html`<grapevine-notices
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-notices>`,
  bans: (s) => html`<grapevine-bans
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-bans>`,
  members: (s) => html`<grapevine-members
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-members>`,
  comments: (s) => html`<grapevine-comment-settings
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-comment-settings>`,
  person: (s) => html`<grapevine-person
    .site=${s.site} .route=${s.route} .range=${s.range} .revision=${s.revision}></grapevine-person>`,
}

/** The element of a scene. */
export function viewOf(scene: Scene): TemplateResult {
  return templates[shownBy(scene.route)](scene)
}
