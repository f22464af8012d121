import { css } from 'lit'

export const dividendStyles = css`
  .term dd.small {
    margin-top: 2px;
  }
  .exact,
  .reckoned {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
    padding: 10px 16px 12px;
    border-top: 1px solid var(--line);
    font-size: 13px;
  }
  .words {
    max-width: 78ch;
    padding: 0 16px 10px;
    font-size: 15px;
  }
  .waterfall th:first-child {
    white-space: nowrap;
  }
  .waterfall th .muted {
    display: block;
    font-weight: 400;
  }
  .waterfall tbody > tr > * {
    border-top: 0;
    padding-block: 0;
    vertical-align: middle;
  }
  .waterfall .course {
    width: 50%;
    min-width: 110px;
    padding-inline: 8px;
  }
  .waterfall svg {
    display: block;
    width: 100%;
    height: 48px;
  }
  .waterfall line {
    stroke: var(--edge);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }
  .waterfall .whole rect {
    fill: var(--value);
  }
  .waterfall .up rect {
    fill: var(--good);
  }
  .waterfall .down rect {
    fill: var(--bad);
  }
  .waterfall .same rect {
    fill: var(--edge);
  }
  .waterfall .amount {
    font-weight: 600;
  }
  .waterfall .up .amount {
    color: var(--good);
  }
  .waterfall .down .amount {
    color: var(--bad);
  }
`
