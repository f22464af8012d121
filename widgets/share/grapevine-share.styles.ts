import { css } from 'lit'

/**
 * Styles of the row of `<grapevine-share>`. Where there is no room for the count, it wraps behind an empty first item
 * into a second line, which is not seen: nothing moves, whatever it counts.
 */
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
    display: flex;
    flex: auto;
    flex-wrap: wrap;
    block-size: 1.4em;
    margin-inline-start: 0.5em;
    overflow: hidden;
    font-size: 0.875em;
    white-space: nowrap;
    color: var(--_quiet);
  }
  .count::before {
    content: '';
    block-size: 100%;
  }
  .word {
    display: contents;
  }
  .usual {
    flex-wrap: nowrap;
  }
  @media (width <= 25em) {
    .usual [data-channel='email'],
    .word {
      display: none;
    }
  }
  @media (width <= 22em) {
    .usual [data-channel='x'] {
      display: none;
    }
  }
`
