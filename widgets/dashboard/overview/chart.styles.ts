import { css } from 'lit'

/** The rules of uPlot's own stylesheet that this chart needs, in the dashboard's colours. */
export const chartStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .chart {
    position: relative;
    height: 132px;
    border-radius: var(--radius-small);
    touch-action: pan-y;
  }
  .uplot {
    width: min-content;
    font: 11px var(--font);
  }
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-over,
  .u-under {
    position: absolute;
  }
  .u-under {
    overflow: hidden;
  }
  canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
  }
  .u-axis {
    position: absolute;
  }
  .u-select {
    position: absolute;
    pointer-events: none;
  }
  .u-cursor-x,
  .u-cursor-y {
    position: absolute;
    inset: 0 auto auto 0;
    pointer-events: none;
    will-change: transform;
  }
  .u-cursor-x {
    height: 100%;
    border-inline-end: 1px solid var(--edge);
  }
  .u-cursor-pt {
    position: absolute;
    inset: 0 auto auto 0;
    border: 0 solid;
    border-radius: 50%;
    background-clip: padding-box !important;
    pointer-events: none;
    will-change: transform;
  }
  .u-off {
    display: none;
  }
  .ink {
    position: absolute;
    visibility: hidden;
  }
  .ink.line {
    color: var(--series);
  }
  .ink.wash {
    color: color-mix(in srgb, var(--series) 13%, transparent);
  }
  .ink.grid {
    color: var(--line);
  }
  .ink.text {
    color: var(--muted);
  }
`
