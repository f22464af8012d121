import { css } from 'lit'

export const overviewStyles = css`
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap);
  }
  .card {
    position: relative;
    display: flex;
    flex-direction: column;
    padding: 14px 16px 10px;
  }
  .card h2 {
    font-weight: 500;
  }
  .card h2 a,
  .dividend h2 a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  .card.visits {
    --series: var(--visits);
  }
  .card.shares {
    --series: var(--shares);
  }
  .card.conversions {
    --series: var(--conversions);
  }
  .card.value {
    --series: var(--value);
  }
  .card h2::before {
    content: '';
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 7px;
    border-radius: 3px;
    background: var(--series);
  }
  .total {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 10px;
    margin-top: 2px;
  }
  .total b {
    font-size: 27px;
    font-weight: 600;
    letter-spacing: -0.02em;
    line-height: 1.2;
  }
  .note {
    min-height: 1.45em;
    margin-bottom: 6px;
  }
  .card grapevine-series {
    margin-top: auto;
  }
  .course {
    height: 150px;
    margin-top: auto;
  }
  .as-table summary {
    padding: 10px 16px;
    cursor: pointer;
  }
  .files {
    padding: 0 16px 8px;
  }
  .as-table .scroll {
    max-height: 360px;
    overflow: auto;
  }
  .others {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
  }
  @container (min-width: 620px) {
    .cards {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
`
