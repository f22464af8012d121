import { css } from 'lit'

/** Styles of the dialogs in which people say who they are. */
export const peopleStyles = css`
  .people-form,
  .people-form form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6em;
  }
  .people-form form,
  .people-form p {
    margin: 0;
  }
  dialog .people-form label {
    margin: 0;
    font-size: 0.9375em;
  }
  dialog .people-form .field {
    min-block-size: var(--_target, 2.75em);
    border-color: color-mix(in srgb, var(--_ink) 45%, var(--_surface));
    background: var(--_surface);
  }
  dialog .people-form textarea.field {
    min-block-size: 6em;
    white-space: pre-wrap;
    overflow: auto;
    resize: vertical;
  }
  dialog .people-form select.field {
    appearance: auto;
  }
  dialog .people-form .field[aria-invalid='true'] {
    border-color: var(--grapevine-danger, light-dark(#b3261e, #ffb4ab));
  }
  dialog .people-form .code-field {
    font-size: 1.5em;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.35em;
    text-align: center;
  }
  .people-form button {
    padding-block: 0.35em;
    white-space: normal;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .wide {
    inline-size: 100%;
  }
  .given {
    font-weight: 600;
    color: var(--_ink);
    overflow-wrap: anywhere;
  }
  .people-form .hints {
    font-size: 0.8125em;
    color: var(--_quiet);
  }
  .people-form .hints:empty,
  .people-form .refusal:empty {
    display: none;
  }
  .people-form .refusal {
    font-size: 0.9375em;
    color: var(--grapevine-danger, light-dark(#b3261e, #ffb4ab));
  }
  .people-form .ways {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.5em;
  }
  .people-form .link {
    margin: 0;
  }
  .or {
    display: flex;
    align-items: center;
    gap: 0.75em;
    font-size: 0.875em;
    color: var(--_quiet);
  }
  .or::before,
  .or::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_line);
  }
  dialog .people-form .check {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-block-size: var(--_target, 0);
    font-size: 0.9375em;
    color: var(--_ink);
    cursor: pointer;
  }
  .people-form .check input {
    flex: none;
    inline-size: 1.15em;
    block-size: 1.15em;
    margin: 0;
    accent-color: var(--_accent);
  }
  .people-form fieldset {
    display: grid;
    gap: 0.25em;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .people-form legend {
    margin-block-end: 0.4em;
    padding: 0;
    font-size: 0.9375em;
    color: var(--_quiet);
  }
  .portrait {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75em;
    padding: 0.6em;
    border: 1px dashed var(--_line);
    border-radius: var(--_radius);
  }
  .portrait .face {
    inline-size: 3.5em;
    block-size: 3.5em;
  }
  .portrait.over {
    border-color: var(--_accent);
    background: var(--_tint);
  }
  .people-form section {
    display: grid;
    gap: 0.5em;
    padding-block-start: 1em;
    border-block-start: 1px solid var(--_line);
  }
  .keys {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .keys li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.75em;
    min-block-size: 2.75em;
  }
  .keys span {
    overflow-wrap: anywhere;
  }
  .keys small {
    display: block;
    color: var(--_quiet);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .told {
    min-block-size: 1.5em;
    font-weight: 550;
  }
  .people-form h3 {
    margin: 0;
    font-size: 0.9375em;
    font-weight: 650;
  }
  .with {
    display: flex;
    gap: 0.5em;
  }
  .with .field {
    flex: 1;
    min-inline-size: 0;
  }
`
