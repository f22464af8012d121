import { css } from 'lit'
import { queueStyles } from '../parts/queue.styles.ts'

const row = css`
  .reward {
    display: grid;
    grid-template-columns: 17px minmax(0, 1fr) auto;
    gap: 8px 12px;
    padding: 14px 16px;
    border-top: 1px solid var(--line);
    scroll-margin-block: 80px;
  }
  .reward.selected {
    background: var(--accent-wash);
  }
  .reward[aria-current='true'] {
    box-shadow: inset 3px 0 var(--accent);
  }
  .reward:focus {
    outline: none;
  }
  .reward.saying {
    opacity: 0.65;
  }
  .pick {
    padding-top: 2px;
  }
  .what {
    display: grid;
    align-content: start;
    gap: 4px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .who a {
    color: inherit;
    font-weight: 600;
    text-decoration-color: var(--edge);
  }
  .what .small a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  .what .small b {
    font-weight: 600;
  }
  .reasons {
    display: grid;
    gap: 3px;
    justify-self: start;
    margin-block: 2px;
  }
  .reasons.warning {
    padding: 8px 12px;
  }
  .worth {
    display: grid;
    align-content: start;
    justify-items: end;
    gap: 4px;
    text-align: end;
  }
  .worth b {
    font-size: 16px;
    font-weight: 650;
    white-space: nowrap;
  }
  .badge.review {
    background: var(--warn-wash);
    color: var(--conversions);
  }
  .badge.approved,
  .badge.paid {
    background: color-mix(in srgb, var(--good) 14%, var(--panel));
    color: var(--good);
  }
  .badge.refused {
    color: var(--bad);
  }
  .acts {
    grid-column: 2 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  @container (min-width: 820px) {
    .reward {
      grid-template-columns: 17px minmax(0, 1fr) 120px 262px;
      gap: 12px 16px;
    }
    .acts {
      grid-column: auto;
      align-content: start;
      justify-content: flex-end;
    }
  }
`

const receipt = css`
  .receipt {
    --dialog: 720px;
  }
  .receipt .scroll {
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
  }
  .receipt .how {
    font: 12.5px var(--mono);
  }
  .receipt tr.yours > * {
    background: var(--accent-wash);
    font-weight: 650;
  }
  .receipt tr > th:first-child {
    position: static;
    font-weight: 500;
  }
  .touches {
    display: grid;
    gap: 4px;
  }
  .touches time {
    margin-inline-end: 8px;
  }
  .receipt-place {
    height: 220px;
  }
`

/** The queue of rewards, its bar, and the receipt. */
export const rewardStyles = [queueStyles, row, receipt]
