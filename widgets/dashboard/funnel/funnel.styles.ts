import { css } from 'lit'

export const funnelStyles = css`
  .funnel {
    display: grid;
    padding: 4px 16px 14px;
  }
  .funnel li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 2px 14px;
    padding-block: 8px;
  }
  .funnel li + li {
    border-top: 1px solid var(--line);
  }
  .what {
    display: grid;
  }
  .what b {
    font-weight: 600;
  }
  .level {
    grid-row: 2;
    grid-column: 1 / -1;
    width: 100%;
    height: 22px;
    border-radius: 3px;
    background: var(--sunk);
  }
  .level rect {
    fill: var(--visits);
  }
  .connect rect {
    fill: var(--value);
  }
  .act rect {
    fill: var(--conversions);
  }
  .share rect {
    fill: var(--shares);
  }
  .count {
    font-size: 18px;
    font-weight: 600;
    text-align: end;
  }
  .count a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  .rates {
    display: flex;
    flex-wrap: wrap;
    grid-column: 1 / -1;
    gap: 0 12px;
  }
  .rate {
    display: block;
    min-height: 1.45em;
  }
  @container (min-width: 720px) {
    .funnel li {
      grid-template-columns: minmax(0, 5fr) minmax(0, 8fr) 84px minmax(0, 4fr);
    }
    .level {
      grid-row: auto;
      grid-column: auto;
      height: 30px;
    }
    .rates {
      display: grid;
      grid-column: auto;
    }
  }
`
