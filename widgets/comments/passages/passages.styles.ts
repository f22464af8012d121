import { css } from 'lit'

/** The button beside a selected passage. */
export const passagesStyles = css`
  .pick {
    position: fixed;
    inset: 0 auto auto 0;
    margin: 0;
    padding-inline: 0.75em 0.9em;
    border: 1px solid var(--_tint);
    color: var(--_ink);
    background: var(--_surface);
    box-shadow: 0 4px 16px #0003;
  }
  .pick:not(:popover-open) {
    display: none;
  }
`
