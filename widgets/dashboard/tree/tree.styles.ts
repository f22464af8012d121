import { css } from 'lit'

export const treeStyles = css`
  :host {
    position: relative;
    height: 100%;
    min-height: 320px;
  }
  svg.map {
    display: block;
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    outline-offset: -2px;
    cursor: grab;
    touch-action: none;
    user-select: none;
  }
  svg.map.moving {
    cursor: grabbing;
  }
  .link {
    fill: none;
    stroke: var(--branch);
    stroke-width: 1.5;
  }
  .link.on {
    stroke: var(--accent);
    stroke-width: 2;
  }
  .node {
    cursor: pointer;
    outline: none;
  }
  .hit {
    fill: transparent;
  }
  .node:hover .hit {
    fill: var(--sunk);
  }
  .node:focus-visible .hit {
    stroke: var(--accent);
    stroke-width: 2;
  }
  .node.chosen .hit {
    fill: var(--accent-wash);
  }
  text {
    fill: var(--ink);
    font-size: 12px;
    white-space: pre;
  }
  .where {
    fill: var(--muted);
  }
  .on text {
    font-weight: 600;
  }
  .dot {
    fill: var(--shares);
    stroke: var(--panel);
    stroke-width: 1.5;
  }
  .dot.closed {
    stroke: var(--shares);
    stroke-opacity: 0.35;
    stroke-width: 5;
  }
  .on .dot {
    fill: var(--accent);
  }
  .gem {
    fill: var(--conversions);
    stroke: var(--panel);
    stroke-width: 1.5;
  }
  .worth {
    fill: var(--conversions);
    font-weight: 600;
  }
  .count {
    fill: var(--accent);
    font-weight: 600;
  }
  .dots {
    fill: var(--edge);
  }
  .far text,
  .far .hit {
    visibility: hidden;
  }
  .far .link {
    stroke-width: 2.5;
  }
  .buttons {
    position: absolute;
    inset: auto 12px 12px auto;
    display: flex;
    gap: 4px;
  }
  .buttons .button {
    justify-content: center;
    min-width: 34px;
    padding: 0 8px;
    font-weight: 600;
  }
`
