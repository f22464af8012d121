import { html, nothing, type TemplateResult } from 'lit'
import type { PersonReport } from '../../../server/contract/reports.ts'
import { formatCount, formatDay, formatMoment, pagePath } from '../format.ts'
import { channelName, personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'

const NUMBERS = ['below', 'visits', 'conversions'] as const

interface Links {
  share: (code: string) => string
  conversions: (code: string) => string
}

/** The links that a person shared, latest first, with what came of each. */
export function linksTable(links: PersonReport['links'], to: Links): TemplateResult {
  if (links.length === 0) return html`<p class="message muted">${text('person_links_none')}</p>`
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${text('page')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text('page')}</th>
            <th scope="col">${text('channel')}</th>
            ${NUMBERS.map((key) => html`<th scope="col" class="number">${text(key)}</th>`)}
            <th scope="col" class="number">${text('shared_at')}</th>
          </tr>
        </thead>
        <tbody>
          ${links.map((link) => row(link, to))}
        </tbody>
      </table>
    </div>
  `
}

function row(link: PersonReport['links'][number], to: Links): TemplateResult {
  const { code, url, channel, at, conversions } = link
  const count = (number: number) => formatCount(number, language())
  const page = pagePath(url)
  return html`
    <tr>
      <th scope="row">
        <a class="address" href=${to.share(code)} title=${url} aria-label=${text('open_cascade', { page })}>${page}</a>
      </th>
      <td class="channel">${channelName(channel)}</td>
      <td class="number">${count(link.below)}</td>
      <td class="number">${count(link.visits)}</td>
      <td class="number">
        ${conversions > 0 ? html`<a href=${to.conversions(code)}>${count(conversions)}</a>` : count(conversions)}
      </td>
      <td class="number"><time datetime=${at}>${formatMoment(at, language())}</time></td>
    </tr>
  `
}

/** Whom a person brought, latest first. */
export function broughtList(
  { brought, broughtCount }: PersonReport,
  link: (id: string) => string,
): TemplateResult {
  if (brought.length === 0) return html`<p class="message muted">${text('person_brought_none')}</p>`
  const all = formatCount(broughtCount, language())
  return html`
    <ul class="brought">
      ${brought.map(
        ({ person, at }) => html`
          <li>
            ${personLink(person, link)}
            <time class="small muted" datetime=${at}>${formatDay(at, language())}</time>
          </li>
        `,
      )}
    </ul>
    ${
      broughtCount > brought.length
        ? html`<p class="further small muted">${text('person_latest', { n: String(brought.length), all })}</p>`
        : nothing
    }
  `
}
