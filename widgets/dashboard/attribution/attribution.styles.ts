import { css } from 'lit'

export const attributionStyles = css`
  .models {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap);
  }
  .axes {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    padding: 0 16px 16px;
  }
  .axes label {
    display: grid;
    gap: 4px;
  }
  .axes label:not(:first-child) {
    margin-top: 6px;
  }
  .axes .field {
    width: 100%;
  }
  .about {
    min-height: 2.9em;
    color: var(--muted);
  }
  .warning {
    margin-top: 2px;
  }
  .compare {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 10px;
    padding: 24px 16px;
    border: 1px dashed var(--edge);
    border-radius: var(--radius);
    text-align: center;
    text-wrap: balance;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 14px 16px;
    padding: 4px 16px 14px;
  }
  /* The names of two choices are longer than their amounts. */
  thead th:nth-child(n + 3) {
    text-wrap: balance;
    vertical-align: bottom;
    white-space: normal;
  }
  td.credit {
    --bar: var(--value);
    min-width: 110px;
  }
  td.difference {
    min-width: 110px;
  }
  .difference line {
    stroke: var(--edge);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }
  .up {
    --bar: var(--good);
    color: var(--good);
  }
  .down {
    --bar: var(--bad);
    color: var(--bad);
  }
  tfoot th {
    font-weight: 500;
  }
  tfoot tr:last-child > * {
    font-weight: 650;
  }
  .code {
    font-family: var(--mono);
    font-size: 13px;
  }
  @container (min-width: 720px) {
    .models {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
`
