import { css } from 'lit'

/** Styles of a receipt in the dialog. */
export const receiptStyles = css`
  .receipt p {
    margin: 0 0 0.5em;
  }
  .receipt h3 {
    margin: 1.25em 0 0.5em;
    font-size: 0.9375em;
    font-weight: 650;
  }
  .chains {
    margin: 0 0 0.75em;
    padding-inline-start: 1.2em;
    overflow-wrap: anywhere;
  }
  .lines {
    margin: 0 0 1em;
  }
  .lines div {
    display: flex;
    justify-content: space-between;
    gap: 1em;
    padding-block: 0.5em;
    border-block-end: 1px solid var(--_line);
  }
  .lines dd {
    flex: none;
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
  .lines dt {
    overflow-wrap: anywhere;
  }
  .lines small {
    display: block;
    font-size: 0.8125em;
    color: var(--_quiet);
  }
  .lines .yours {
    border: 0;
    font-weight: 650;
  }
`
