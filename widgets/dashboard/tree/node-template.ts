import { nothing, type SVGTemplateResult, svg } from 'lit'
import { formatCount } from '../format.ts'
import { formatMoney } from '../money.ts'
import { channelName, guest } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import type { BuyerOfTree } from './branches.ts'
import { labelWidth } from './label-width.ts'
import { linkPath, type Placed, radiusOf } from './layout.ts'
import type { Shown } from './visible-tree.ts'

/** What a share's circle is sized by. */
export type SizedBy = 'visits' | 'below'

export interface NodeLook {
  sizedBy: SizedBy
  most: number
  chosen: string | undefined
  focused: string
  /** The chosen node and its ancestors. */
  chain: ReadonlySet<string>
}

/** The lines of the tree, those of the chosen chain last so that they lie on top. */
export function links(placed: readonly Placed[], look: NodeLook): SVGTemplateResult[] {
  const inChain = ({ node }: Placed) => look.chain.has(node.id)
  const line = (at: Placed) =>
    at.parent
      ? [
          svg`<path class="link ${inChain(at) ? 'on' : ''}" d=${linkPath(at.parent, at, reach(at.parent, look))}></path>`,
        ]
      : []
  return [...placed.filter((at) => !inChain(at)), ...placed.filter(inChain)].flatMap(line)
}

/** One node: its shape, who it is and where they shared, and how much hangs hidden under it. */
export function nodeTemplate(at: Placed, look: NodeLook): SVGTemplateResult {
  const { node } = at
  const expandable = node.kind === 'share' && node.children.length + node.hidden > 0
  const chosen = node.id === look.chosen
  const states = `${chosen ? 'chosen' : ''} ${look.chain.has(node.id) ? 'on' : ''}`
  return svg`
    <g
      class="node ${node.kind} ${states}"
      role="treeitem"
      data-id=${node.id}
      tabindex=${node.id === look.focused ? 0 : -1}
      aria-level=${at.depth + 1}
      aria-posinset=${at.position}
      aria-setsize=${at.siblings}
      aria-expanded=${expandable ? String(node.children.length > 0) : nothing}
      aria-selected=${String(chosen)}
      aria-label=${spoken(node)}
      transform="translate(${at.x},${at.y})"
    >
      ${node.kind === 'share' ? share(node, look) : node.kind === 'buyer' ? buyer(node, look) : more(node, look)}
    </g>
  `
}

/** What a screen reader says of a node: what is seen comes first, so that it can be asked for by that. */
export function spoken(node: Shown): string {
  if (node.kind === 'more') return label(node)[0]
  if (node.source.kind === 'buyer') return spokenBuyer(node.source.buyer)
  const { person, channel, visits, below } = node.source.share
  return text('node_share_spoken', {
    person: guest(person),
    channel: channelName(channel) + closedCount(node),
    visits: text('visits_n', { count: visits, n: formatCount(visits, language()) }),
    below: text('shares_below_n', { count: below, n: formatCount(below, language()) }),
  })
}

/** What somebody bought: its worth if it has one, else its name. */
export function worth({ value, name }: BuyerOfTree): string {
  return value ? formatMoney(value, language()) : name
}

function spokenBuyer(bought: BuyerOfTree): string {
  return text('node_buyer_spoken', { person: guest(bought.person), what: worth(bought) })
}

function share(node: Shown, look: NodeLook): SVGTemplateResult {
  const radius = sizeOf(node, look)
  const [who, where] = label(node)
  const count = closedCount(node)
  return svg`
    ${target(radius, who + where + count)}
    <circle class="dot ${count ? 'closed' : ''}" r=${radius}></circle>
    <text x=${radius + GAP} dy="0.34em"
      >${who}<tspan class="where">${where}</tspan><tspan class="count" data-toggle>${count}</tspan></text
    >
  `
}

function buyer(node: Shown, look: NodeLook): SVGTemplateResult {
  const [what, who] = label(node)
  const radius = sizeOf(node, look)
  return svg`
    ${target(radius, what + who)}
    <path class="gem" d="M0-7 7 0 0 7-7 0Z"></path>
    <text x=${radius + GAP} dy="0.34em"><tspan class="worth">${what}</tspan><tspan class="where">${who}</tspan></text>
  `
}

function more(node: Shown, look: NodeLook): SVGTemplateResult {
  const [count] = label(node)
  const radius = sizeOf(node, look)
  return svg`
    ${target(radius, count)}
    <circle class="dots" r="2.5"></circle>
    <text class="count" x=${radius + GAP} dy="0.34em">${count}</text>
  `
}

/** Between a shape and its label, in pixels. */
const GAP = 6

/** A label in its two tones. */
function label({ kind, source, hidden }: Shown): [string, string] {
  if (kind === 'more') return [text('node_more', { count: hidden, n: formatCount(hidden, language()) }), '']
  if (source.kind === 'buyer') return [worth(source.buyer), ` · ${guest(source.buyer.person)}`]
  return [guest(source.share.person), ` · ${channelName(source.share.channel)}`]
}

/** How much a closed share hides. */
function closedCount({ children, hidden }: Shown): string {
  return children.length === 0 && hidden > 0 ? ` +${formatCount(hidden, language())}` : ''
}

function sizeOf({ kind, source }: Shown, { sizedBy, most }: NodeLook): number {
  if (kind === 'more') return 3
  return source.kind === 'share' ? radiusOf(source.share[sizedBy], most) : 7
}

/** How far a node and its label reach to the right. */
function reach({ node }: Placed, look: NodeLook): number {
  return sizeOf(node, look) + GAP + labelWidth(label(node).join('')) + 6
}

/** What can be hit: shape and label. */
function target(radius: number, label: string): SVGTemplateResult {
  const width = 2 * radius + GAP + labelWidth(label) + 10
  return svg`<rect class="hit" x=${-radius - 3} y="-11" width=${width} height="22" rx="6"></rect>`
}
