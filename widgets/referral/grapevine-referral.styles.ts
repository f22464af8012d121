import { css } from 'lit'

/** Styles of the cards of `<grapevine-referral>` and of what everybody sees in them. */
export const referralStyles = css`
  .base {
    --_line: var(--grapevine-line, light-dark(#1d1b2224, #f3f1f72e));
  }
  .card {
    padding: 1.5em;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.6);
    background: var(--_surface);
  }
  .card + .card {
    margin-block-start: 1em;
  }
  .known {
    min-block-size: 40em;
  }
  .hole {
    min-block-size: 10.27em;
  }
  .gift.hole {
    min-block-size: 15.5em;
  }
  .waiting > * {
    visibility: hidden;
  }
  h2 {
    margin: 0;
    font-size: 1.5em;
    font-weight: 700;
    line-height: 1.2;
    letter-spacing: -0.015em;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0.5em 0 0;
  }
  .terms {
    min-block-size: 1.4em;
    color: var(--_quiet);
  }
  .note,
  .quiet {
    font-size: 0.875em;
    color: var(--_quiet);
  }
  .note {
    margin-block-start: 0.85em;
    text-wrap: pretty;
  }
  .lead {
    padding-inline: 1.1em;
    background: var(--grapevine-lead, var(--_ink));
    color: var(--grapevine-on-lead, var(--_surface));
  }
  .lead:hover {
    background: color-mix(in srgb, var(--grapevine-lead, var(--_ink)) 86%, var(--_surface));
  }
  slot {
    display: block;
    margin-block-start: 0.5em;
  }
  .card > button {
    margin-block-start: 0.6em;
  }
  .choice,
  .copy {
    margin-block-start: 1.1em;
  }
  .plain {
    padding-inline: 0.9em;
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  .choice,
  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
  }
  .copy {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .field {
    all: unset;
    box-sizing: border-box;
    flex: 1 1 8em;
    min-inline-size: 0;
    min-block-size: var(--_target, 2.5em);
    padding-inline: 0.8em;
    border-radius: var(--_radius);
    background: var(--_tint);
    font-size: 0.9375em;
    text-overflow: ellipsis;
  }
  .field:focus-visible {
    outline: 2px solid var(--_accent);
  }
  .ways {
    gap: 0.125em;
    margin: 0.4em 0 0 -0.6em;
  }
  grapevine-share {
    --grapevine-lead: var(--_surface);
    --grapevine-on-lead: var(--_quiet);
  }
  .icon {
    min-inline-size: var(--_target, 2.5em);
    color: var(--_quiet);
  }
  .icon:hover {
    color: var(--_ink);
  }
  .sorry {
    color: var(--grapevine-danger, light-dark(#b3261e, #ffb4ab));
  }
  .done {
    font-weight: 550;
    color: var(--_accent);
  }
`
