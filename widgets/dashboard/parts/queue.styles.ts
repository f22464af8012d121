import { css } from 'lit'

/** A list that is worked through: its head, its bar at the foot, its keys. */
export const queueStyles = css`
  .queue-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .queue-head select {
    max-width: 220px;
  }
  .all {
    display: flex;
    align-items: center;
    gap: 12px;
    color: var(--muted);
    font-size: 13px;
    cursor: pointer;
  }
  input[type='checkbox'] {
    width: 17px;
    height: 17px;
    margin: 0;
    accent-color: var(--accent);
  }
  .button.quiet {
    border-color: transparent;
    background: none;
    color: var(--muted);
  }
  .button.quiet:hover {
    background: var(--sunk);
    color: var(--ink);
  }
  .button.approve:not(.main) {
    color: var(--good);
  }
  .button.refuse {
    color: var(--bad);
  }
  .badge {
    padding: 1px 9px;
    border-radius: 99px;
    background: var(--sunk);
    color: var(--muted);
    font-size: 12px;
    font-weight: 550;
    white-space: nowrap;
  }
  .foot {
    position: sticky;
    bottom: 12px;
    z-index: 2;
    display: grid;
    gap: 8px;
  }
  .outcome,
  .decide {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 10px 16px;
    box-shadow: var(--shadow-high);
  }
  .outcome {
    justify-content: space-between;
  }
  .decide .field {
    flex: 1 1 180px;
    min-width: 0;
  }
  .bad {
    color: var(--bad);
  }
  .others {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 16px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 14px;
  }
  kbd {
    padding: 1px 6px;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: var(--sunk);
    font: 12px var(--mono);
  }
  @media (pointer: coarse) {
    .keys {
      display: none;
    }
  }
  @container (max-width: 560px) {
    .keys {
      display: none;
    }
    .decide .field {
      flex-basis: 100%;
      order: -1;
    }
    .decide .quiet {
      margin-inline-end: auto;
    }
    .decide :is(.approve, .refuse) {
      flex: 1 1 40%;
      justify-content: center;
    }
  }
  .all-keys div {
    display: grid;
    grid-template-columns: 40px 1fr;
  }
`
