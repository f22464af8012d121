import { css } from 'lit'

/** Styles of where one writes. */
export const composerStyles = css`
  .composer {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6em;
    margin: 0;
  }
  .paper {
    position: relative;
  }
  .composer textarea.field {
    field-sizing: content;
    max-block-size: 70vh;
  }
  .field[hidden] {
    display: none;
  }
  .field[aria-invalid='true'] {
    border-color: var(--grapevine-danger, light-dark(#b3261e, #ffb4ab));
  }
  [readonly] {
    opacity: 0.7;
  }
  .preview {
    min-block-size: 5.6em;
    padding: 0.7em 0.85em;
    border: 1px dashed color-mix(in srgb, var(--_ink) 45%, var(--_surface));
    border-radius: var(--_radius);
  }
  .hints {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1em;
    font-size: 0.8125em;
    color: var(--_quiet);
  }
  .hints b {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: var(--_ink);
  }
  .hints .over,
  .refusal {
    color: var(--grapevine-danger, light-dark(#b3261e, #ffb4ab));
  }
  .refusal {
    font-size: 0.9375em;
  }
  .refusal:empty {
    display: none;
  }
  .who,
  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
  }
  .who {
    font-size: 0.9375em;
  }
  .line {
    display: flex;
    flex: 0 1 22em;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.75em;
  }
  .line span {
    color: var(--_quiet);
  }
  .line .field {
    flex: 1 1 10em;
    inline-size: auto;
    min-inline-size: 0;
    min-block-size: var(--_target, 2.5em);
    padding-block: 0;
  }
  .composer .link {
    margin: 0;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-block-size: var(--_target, 1.75em);
    font-size: 0.9375em;
    cursor: pointer;
  }
  .check input {
    flex: none;
    inline-size: 1.15em;
    block-size: 1.15em;
    margin: 0;
    accent-color: var(--_accent);
  }
  .people {
    position: absolute;
    z-index: 3;
    inset-block-start: calc(100% + 0.25em);
    inset-inline-start: 0;
    min-inline-size: min(16em, 100%);
    max-inline-size: 100%;
    margin: 0;
    padding: 0.35em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 0.75em 2em -0.5em #0006;
    list-style: none;
  }
  .people li {
    padding: 0.45em 0.75em;
    border-radius: calc(var(--_radius) * 0.7);
    cursor: pointer;
  }
  .people [aria-selected='true'] {
    background: color-mix(in srgb, var(--_accent) 16%, var(--_surface));
  }
  summary {
    font-size: 0.875em;
    color: var(--_quiet);
    cursor: pointer;
  }
  details pre {
    margin: 0.25em 0 0.75em;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`
