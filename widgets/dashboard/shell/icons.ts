import { html, svg, type TemplateResult } from 'lit'
import type { ViewName } from '../route.ts'

const PATHS: Readonly<Record<ViewName | 'settings' | 'calendar', string>> = {
  overview: 'M3 13V8m5 5V3m5 10V6',
  cascades: 'M3 8h3m0 0c2 0 2-4.5 4-4.5h3M6 8c2 0 2 4.5 4 4.5h3M6 8h7',
  people: 'M8 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-5 5c.6-2.2 2.6-3 5-3s4.4.8 5 3',
  pages: 'M4 2.500h5.500L12.5 5.500v8H4v-11Zm2.5 5.500h3.500m-3.5 2.500h3.5',
  channels: 'M13.5 2.5 7 9m6.5-6.5-4 11L7 9 2.5 6.500l11-4Z',
  conversions: 'M2.5 8.500l3.5 3.5 7.5-8',
  dividend:
    'M3 12.500 12.500 3M5 5.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Zm6 8a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Z',
  funnel: 'M2.500 3h11l-4 5v5l-3-1.500V8l-4-5Z',
  attribution: 'M8 2.500v11M2.500 8h11M4.500 4.500l7 7m0-7-7 7',
  programmes:
    'M2.500 7h11v6.500h-11V7Zm5.500 0v6.500M2 4.500h12V7H2V4.500Zm6 0C6.500 2 4 2.500 5 4.500m3 0C9.500 2 12 2.500 11 4.500',
  rewards:
    'M8 2.500l1.700 3.500 3.800.500-2.800 2.700.700 3.800L8 11.200 4.600 13l.700-3.800L2.500 6.500 6.300 6 8 2.500Z',
  payouts: 'M2.500 4.500h11v7h-11v-7ZM8 9.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Z',
  moderation: 'M8 2.500l5 2v3.500c0 3-2 5-5 6-3-1-5-3-5-6V4.500l5-2Zm-2 5.500 1.500 1.500L10.500 6.500',
  notices: 'M8 3v6m0 2.500v1M2.500 13.500 8 2.500l5.500 11h-11Z',
  bans: 'M8 13.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11ZM4 4l8 8',
  members:
    'M6 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Zm-4 5.500c.4-2.500 2-3.500 4-3.500s3.600 1 4 3.500M11 8.500a2 2 0 1 0-1-4m2 5.500c1.200.500 2 1.500 2.200 3',
  comments: 'M2.500 3h11v8h-6L4.500 13.500V11h-2V3Z',
  settings: 'M2.5 5h6m3 0h2m-11 6h2m3 0h6M10 3.500v3M6 9.500v3',
  calendar: 'M3 4h10v9.500H3V4Zm0 3h10M5.5 2.500V4m5-1.500V4',
}

/** A small line drawing that stands beside its words. */
export function icon(name: keyof typeof PATHS): TemplateResult {
  return html`
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      ${svg`<path d=${PATHS[name]}></path>`}
    </svg>
  `
}

/** Our mark: a bunch of grapes, drawn as a tree of shares. */
export function vine(): TemplateResult {
  return html`
    <svg width="22" height="22" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M12 7.500C12 4 14 2.5 17 2.5" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"></path>
      <circle cx="7" cy="10.5" r="2.6"></circle><circle cx="12.5" cy="10.5" r="2.6"></circle>
      <circle cx="18" cy="10.5" r="2.6" opacity=".55"></circle><circle cx="9.7" cy="15.3" r="2.6"></circle>
      <circle cx="15.3" cy="15.3" r="2.6" opacity=".75"></circle><circle cx="12.5" cy="20" r="2.6" opacity=".9"></circle>
    </svg>
  `
}
