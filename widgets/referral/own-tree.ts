import { html, nothing, type TemplateResult } from 'lit'
import type { Referral } from '../../server/contract/referral.ts'
import type { Texts } from '../core/i18n.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import { section } from './section.ts'
import { type Branch, branches } from './tree-rows.ts'

/** Levels that are indented; what is deeper stands below the last of them. */
const DEEPEST = 8

/** Who passed it on after whom, as nested lists; nothing until somebody did. */
export function ownTree({ tree }: Referral, texts: Texts<MoreKey>) {
  const { t } = texts
  const root = branches(tree.nodes)
  if (root.below.length === 0) return nothing
  const line = ({ name, you, visits, conversions, below }: Branch, depth: number): TemplateResult => html`
    <li class=${you ? 'you' : ''}>
      <div><span class="who">${you ? t('your') : name === null ? html`<i>${t('someone')}</i>` : html`<bdi>${name}</bdi>`}</span>
      <span class="quiet">${counts(visits, conversions)}</span></div>
      ${
        below.length === 0
          ? nothing
          : html`<ul class=${depth < DEEPEST ? '' : 'flat'}>
            ${below.map((next) => line(next, depth + 1))}
          </ul>`
      }
    </li>
  `
  const counts = (visits: number, conversions: number) =>
    [
      visits > 0 && t('visits', { count: visits }),
      conversions > 0 && t('conversions', { count: conversions }),
    ]
      .filter(Boolean)
      .join(' · ')
  return section(
    'tree',
    t('tree'),
    html`<ul class="vine">
        ${line(root, 0)}
      </ul>
      ${tree.more ? html`<p class="note">${t('more', { count: tree.more })}</p>` : nothing}`,
  )
}
