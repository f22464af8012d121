import { css } from 'lit'

/** Styles of the row of `<grapevine-share>`. */
export const shareStyles = css`
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.125em;
  }
  .icon {
    min-inline-size: var(--_target, 2.5em);
    color: var(--_quiet);
  }
  .icon:hover {
    color: var(--_ink);
  }
  .lead {
    margin-inline-end: 0.25em;
    padding-inline: 0.85em 1em;
    background: var(--grapevine-lead, var(--_ink));
    color: var(--grapevine-on-lead, var(--_surface));
  }
  .lead:hover {
    background: color-mix(in srgb, var(--grapevine-lead, var(--_ink)) 86%, var(--_surface));
  }
  .lead [data-name]::after {
    content: attr(data-name);
    display: block;
    block-size: 0;
    visibility: hidden;
  }
  [data-channel='more'] svg {
    stroke-width: 2.75;
  }
  .count {
    margin-inline-start: 0.5em;
    font-size: 0.875em;
    color: var(--_quiet);
  }
  .usual {
    flex-wrap: nowrap;
  }
  @media (max-width: 25em) {
    .usual [data-channel='email'],
    .word {
      display: none;
    }
  }
  @media (max-width: 22em) {
    .usual [data-channel='x'] {
      display: none;
    }
  }
`
