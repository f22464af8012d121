import { html, nothing, type TemplateResult } from 'lit'
import { formatCount, formatMoment } from '../format.ts'
import { channelName, guest, personLink } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import { type Branch, chainOf, type Leaf } from './branches.ts'
import { worth } from './node-template.ts'

/** What is known of the chosen node, with its chain up to the root; each hop can be chosen in turn. */
export function shareDetails(
  node: Branch | Leaf | undefined,
  choose: (id: string) => void,
  link: { person: (id: string) => string; conversions: (share: string) => string },
): TemplateResult {
  if (!node) return html`<p class="muted">${text('details_none')}</p>`
  return html`
    ${node.kind === 'share' ? ofShare(node, link) : ofBuyer(node, link)}
    <h3 class="small muted">${text('detail_chain')}</h3>
    <ol class="chain">
      ${chainOf(node).map(
        (hop) => html`
          <li>
            <button type="button" aria-current=${hop === node ? 'true' : 'false'} @click=${() => choose(hop.id)}>
              <span class="bead ${hop.kind}" aria-hidden="true"></span>
              <span>
                ${hop.kind === 'share' ? guest(hop.share.person) : guest(hop.buyer.person)}
                <span class="muted">· ${hop.kind === 'share' ? channelName(hop.share.channel) : worth(hop.buyer)}</span>
              </span>
            </button>
          </li>
        `,
      )}
    </ol>
  `
}

type Links = Parameters<typeof shareDetails>[2]

function ofShare({ share }: Branch, link: Links): TemplateResult {
  const lang = language()
  return html`
    <p class="who">${personLink(share.person, link.person)}</p>
    <dl class="facts">
      ${fact(text('channel'), channelName(share.channel))} ${fact(text('visits'), formatCount(share.visits, lang))}
      ${fact(text('detail_below'), formatCount(share.below, lang))}
      ${fact(
        text('conversions'),
        share.conversions > 0
          ? html`<a href=${link.conversions(share.code)}>${formatCount(share.conversions, lang)}</a>`
          : '0',
      )}
      ${fact(text('detail_depth'), formatCount(share.depth, lang))}
      ${fact(text('detail_when'), formatMoment(share.at, lang))}
    </dl>
  `
}

function ofBuyer({ buyer }: Leaf, link: Links): TemplateResult {
  return html`
    <p class="who">${personLink(buyer.person, link.person)}</p>
    <dl class="facts">
      ${fact(text('conversion'), buyer.name)} ${buyer.value ? fact(text('value'), worth(buyer)) : nothing}
      ${fact(text('detail_when'), formatMoment(buyer.at, language()))}
      ${fact(text('evidence'), text(buyer.proved ? 'proved_hint' : 'claimed_hint'))}
    </dl>
  `
}

const fact = (name: string, value: string | TemplateResult): TemplateResult =>
  html`<div><dt>${name}</dt><dd>${value}</dd></div>`
