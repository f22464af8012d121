import { css } from 'lit'

/** Tables of numbers: they scroll sideways where they must, with the first column kept in sight. */
export const tables = css`
  .scroll {
    overflow-x: auto;
    border-radius: 0 0 var(--radius) var(--radius);
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 8px 10px;
    border-top: 1px solid var(--line);
    text-align: start;
    vertical-align: baseline;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 16px;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 16px;
  }
  th.number {
    text-align: end;
  }
  thead th {
    border-top: 0;
    color: var(--muted);
    font-size: 12px;
    font-weight: 500;
    white-space: nowrap;
  }
  thead a {
    color: inherit;
    text-decoration: none;
  }
  thead a:hover {
    color: var(--ink);
    text-decoration: underline;
  }
  thead [aria-sort='descending'] a {
    color: var(--ink);
    font-weight: 650;
  }
  tbody th {
    font-weight: 500;
  }
  td a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  td a:hover {
    color: var(--accent);
    text-decoration-color: currentcolor;
  }
  tbody tr:hover > * {
    background: var(--sunk);
  }
  .scroll th:first-child {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    background: var(--panel);
  }
  tbody tr:hover > th:first-child {
    background: var(--sunk);
  }
  .bar {
    display: block;
    width: 100%;
    height: 3px;
    margin-top: 4px;
    border-radius: 2px;
  }
  .bar rect {
    fill: var(--bar, var(--visits));
  }
  .address {
    display: block;
    max-width: 46ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  th .name {
    display: inline-block;
    max-width: 24ch;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: bottom;
    white-space: nowrap;
  }
  .further {
    padding: 10px 16px;
    border-top: 1px solid var(--line);
  }
  @container (max-width: 560px) {
    .address,
    th .name {
      max-width: 38vw;
    }
    th,
    td {
      padding: 8px 7px;
    }
  }
`
