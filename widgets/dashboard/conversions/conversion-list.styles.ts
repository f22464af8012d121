import { css } from 'lit'

export const conversionStyles = css`
  .conversion {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 16px;
    padding: 10px 16px;
    border-top: 1px solid var(--line);
  }
  .conversion .worth {
    font-weight: 600;
    text-align: end;
  }
  .badge.voided {
    background: var(--warn-wash);
    color: var(--ink);
  }
  .worth.voided > :first-child {
    color: var(--muted);
    text-decoration: line-through;
  }
  .worth .refunded {
    display: block;
    color: var(--bad);
    font-weight: 500;
  }
  .conversion .when {
    white-space: nowrap;
  }
  .led {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 12px;
  }
  .conversion .small a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  .conversion .small a:hover {
    color: var(--accent);
  }
  .conversion .when {
    text-align: end;
  }
  .badge {
    margin-inline-start: 6px;
    padding: 0 7px;
    border-radius: 99px;
    background: var(--sunk);
    color: var(--muted);
    font-size: 11px;
    font-weight: 550;
    white-space: nowrap;
  }
  .badge.proved {
    background: var(--accent-wash);
    color: var(--accent);
  }
  .way {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 6px;
    font-size: 13px;
  }
  .way li + li::before {
    content: '→';
    margin-inline-end: 6px;
    color: var(--muted);
  }
  .way a {
    overflow-wrap: anywhere;
    text-decoration: none;
  }
  .way a:hover {
    text-decoration: underline;
  }
  .way .buyer,
  .way .buyer a {
    color: var(--conversions);
    font-weight: 600;
  }
  @container (max-width: 560px) {
    .conversion .led,
    .conversion .when {
      grid-column: 1 / -1;
    }
    .conversion .when {
      text-align: start;
    }
  }
`
