import { html, nothing, type TemplateResult } from 'lit'
import { formatCount, formatMoment } from '../format.ts'
import { channelName, guest } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import { type Branch, chainOf, type Leaf } from './branches.ts'
import { worth } from './node-template.ts'

/** What is known of the chosen node, with its chain up to the root; each hop can be chosen in turn. */
export function shareDetails(node: Branch | Leaf | undefined, choose: (id: string) => void): TemplateResult {
  if (!node) return html`<p class="muted">${text('details_none')}</p>`
  return html`
    ${node.kind === 'share' ? ofShare(node) : ofBuyer(node)}
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

function ofShare({ share }: Branch): TemplateResult {
  const lang = language()
  return html`
    <p class="who">${guest(share.person)}</p>
    <dl class="facts">
      ${fact(text('channel'), channelName(share.channel))} ${fact(text('visits'), formatCount(share.visits, lang))}
      ${fact(text('detail_below'), formatCount(share.below, lang))}
      ${fact(text('conversions'), formatCount(share.conversions, lang))}
      ${fact(text('detail_depth'), formatCount(share.depth, lang))}
      ${fact(text('detail_when'), formatMoment(share.at, lang))}
    </dl>
  `
}

function ofBuyer({ buyer }: Leaf): TemplateResult {
  return html`
    <p class="who">${guest(buyer.person)}</p>
    <dl class="facts">
      ${fact(text('conversion'), buyer.name)} ${buyer.value ? fact(text('value'), worth(buyer)) : nothing}
      ${fact(text('detail_when'), formatMoment(buyer.at, language()))}
      ${fact(text('evidence'), text(buyer.proved ? 'proved_hint' : 'claimed_hint'))}
    </dl>
  `
}

const fact = (name: string, value: string): TemplateResult =>
  html`<div><dt>${name}</dt><dd>${value}</dd></div>`
