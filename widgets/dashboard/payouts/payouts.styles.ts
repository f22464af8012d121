import { css } from 'lit'

export const payoutStyles = css`
  .nothing {
    display: grid;
    gap: 6px;
    padding: 0 16px 16px;
  }
  p.nothing {
    padding-top: 0;
  }
  .ready {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 12px 24px;
    padding: 14px 16px;
    border-top: 1px solid var(--line);
  }
  .sums {
    display: grid;
    gap: 4px;
  }
  .ready .total {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    font-size: 22px;
    line-height: 1.2;
  }
  .ready .total a {
    color: inherit;
    font-weight: 650;
    text-decoration-color: var(--edge);
  }
  .ready .warning {
    margin-top: 4px;
  }
  .batches {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .batches > header {
    display: flex;
    justify-content: space-between;
    gap: 12px;
  }
  .batches > ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .payout h3 {
    margin: 0;
    font-size: 16px;
    font-weight: 650;
  }
  .payout .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .badge {
    margin-inline-start: 4px;
    padding: 1px 9px;
    border-radius: 99px;
    background: var(--sunk);
    color: var(--muted);
    font-size: 12px;
    font-weight: 550;
    white-space: nowrap;
    vertical-align: 2px;
  }
  .badge.open {
    background: var(--accent-wash);
    color: var(--accent);
  }
  .badge.paid {
    background: color-mix(in srgb, var(--good) 14%, var(--panel));
    color: var(--good);
  }
  .payout.cancelled h3 {
    color: var(--muted);
  }
  summary {
    padding: 8px 16px 12px;
    color: var(--muted);
    cursor: pointer;
  }
  .missing {
    padding: 2px 8px;
    border-radius: var(--radius-small);
    background: var(--warn-wash);
  }
  code {
    font: 13px var(--mono);
    user-select: all;
  }
  .said:empty {
    position: absolute;
  }
  .notice {
    padding: 10px 16px;
  }
  .bad {
    color: var(--bad);
  }
  .ready-place {
    height: 128px;
  }
  .about {
    display: block;
    font-weight: 400;
  }
  .ledger tfoot > tr > * {
    border-top: 2px solid var(--edge);
    font-weight: 650;
  }
  .balanced th::after {
    content: ' ✓';
    color: var(--good);
  }
  .off > * {
    color: var(--bad);
  }
`
