import { css } from 'lit'

/** Styles of the sections that say how it is going. */
export const accountStyles = css`
  .vine {
    --_vine: color-mix(in srgb, var(--_accent) 55%, var(--_surface));
  }
  .section {
    margin: 1.5em 0 0;
    padding-block-start: 1.25em;
    border-block-start: 1px solid var(--_line);
  }
  h3,
  .section > label:first-child {
    display: block;
    margin: 0 0 0.75em;
    font-size: 0.9375em;
    font-weight: 650;
    color: var(--_ink);
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin: 0;
  }
  .figures div {
    display: flex;
    flex: 1 0 6.5em;
    flex-direction: column-reverse;
    justify-content: flex-end;
    padding: 0.75em 0.9em;
    border-radius: var(--_radius);
    background: var(--_tint);
  }
  .figures dt {
    font-size: 0.8125em;
    color: var(--_quiet);
  }
  .figures dd {
    margin: 0;
    font-size: 1.375em;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums;
  }
  .tier {
    margin-block-start: 1em;
    font-size: 0.9375em;
  }
  progress {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 0.5em;
    margin-block-start: 0.5em;
    border: 0;
    border-radius: 1em;
    overflow: hidden;
    background: var(--_tint);
    color: var(--_accent);
  }
  progress::-webkit-progress-bar {
    background: none;
  }
  progress::-webkit-progress-value {
    border-radius: 1em;
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    border-radius: 1em;
    background: var(--_accent);
  }
  .rows,
  .leaders,
  .vine,
  .vine ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .rows li,
  .leaders li {
    display: flex;
    align-items: center;
    gap: 0.75em;
    min-block-size: 3em;
  }
  .rows li + li {
    border-block-start: 1px solid var(--_line);
  }
  .rows div {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.6em;
    padding-block: 0.4em;
  }
  .rows b,
  .leaders .who {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .rows button {
    --_target: 2.1em;
  }
  .leaders li {
    min-block-size: 2.5em;
    margin-inline: -0.75em;
    padding-inline: 0.75em;
    border-radius: var(--_radius);
  }
  .leaders .you {
    background: var(--_tint);
  }
  .leaders i {
    font-size: 0.875em;
    font-style: normal;
    font-weight: 400;
    color: var(--_quiet);
  }
  .leaders .who {
    flex: 1;
  }
  .rank {
    min-inline-size: 1.25em;
    color: var(--_quiet);
    font-variant-numeric: tabular-nums;
  }
  .vine ul {
    padding-inline-start: 1.4em;
  }
  .vine .flat {
    padding-inline-start: 0;
  }
  .vine li {
    position: relative;
    overflow-wrap: anywhere;
  }
  .vine div {
    padding-block: 0.3em;
  }
  .vine i {
    font-style: normal;
    font-weight: 400;
    color: var(--_quiet);
  }
  .vine .quiet {
    display: inline-block;
  }
  .vine .who {
    margin-inline-end: 0.5em;
    font-weight: 550;
  }
  .vine ul > li::before,
  .vine ul > li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset-block: -0.3em auto;
    inset-inline-start: -0.95em;
    border-inline-start: 1.5px solid var(--_vine);
  }
  .vine ul > li::before {
    inline-size: 0.65em;
    block-size: 1.3em;
    border-block-end: 1.5px solid var(--_vine);
    border-end-start-radius: 0.6em;
  }
  .vine ul > li:not(:last-child)::after {
    inset-block-end: 0;
  }
  summary {
    padding-block: 0.75em;
    border-block-start: 1px solid var(--_line);
    font-size: 0.875em;
    color: var(--_quiet);
    cursor: pointer;
  }
  form .copy {
    margin: 0;
  }
  form .field {
    box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--_ink) 50%, var(--_surface));
  }
  form .note {
    margin-block-start: 0.4em;
  }
  .section > .check {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-block-size: var(--_target, 2.5em);
    margin: 0.5em 0 0;
    font-size: 0.9375em;
    font-weight: 400;
    color: var(--_ink);
    cursor: pointer;
  }
  .check input {
    inline-size: 1.2em;
    block-size: 1.2em;
    margin: 0;
    accent-color: var(--_accent);
  }
  .known-payout {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em;
  }
  .known-payout button {
    --_target: 2.1em;
    font-size: 1.0714em;
    color: var(--_ink);
  }
`
