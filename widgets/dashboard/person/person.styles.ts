import { css } from 'lit'

export const personStyles = css`
  .back {
    margin-bottom: 12px;
  }
  .who {
    font-size: 17px;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 14px 16px;
    padding: 4px 16px 16px;
  }
  .versus a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  .versus {
    display: grid;
    gap: 8px;
    padding: 0 16px 16px;
  }
  .versus li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 2px 12px;
  }
  .versus .bar {
    --bar: var(--value);
    grid-row: 2;
    grid-column: 1 / -1;
    height: 12px;
    margin: 0;
  }
  .versus .own .bar {
    --bar: var(--visits);
  }
  .versus .own ~ .own {
    margin-top: 10px;
  }
  .versus .number {
    font-weight: 600;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-items: start;
    gap: var(--gap);
  }
  td.channel,
  td time {
    white-space: nowrap;
  }
  .brought {
    max-height: 420px;
    overflow-y: auto;
  }
  .brought li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
    padding: 8px 16px;
    border-top: 1px solid var(--line);
  }
  @container (min-width: 620px) {
    .figures {
      grid-template-columns: repeat(6, minmax(0, 1fr));
    }
    .versus li {
      grid-template-columns: 170px minmax(0, 1fr) 120px;
    }
    .versus .bar {
      grid-row: auto;
      grid-column: auto;
    }
  }
  @container (min-width: 920px) {
    .columns {
      grid-template-columns: minmax(0, 7fr) minmax(0, 3fr);
    }
  }
`
