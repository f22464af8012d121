import { css } from 'lit'

/** Styles of the menu of a comment. */
export const menuStyles = css`
  .menu {
    position: fixed;
    inset: 0 auto auto 0;
    margin: 0;
    padding: 0.35em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_ink);
    box-shadow: 0 0.75em 2em -0.5em #0006;
  }
  .menu button {
    padding-inline: 0.75em;
    border-radius: calc(var(--_radius) * 0.7);
  }
  .menu.list button {
    display: flex;
    inline-size: 100%;
    min-inline-size: 11em;
    justify-content: start;
  }
  .menu.row:popover-open {
    display: flex;
    flex-wrap: wrap;
    max-inline-size: min(22em, calc(100vw - 1em));
  }
  .menu.row button {
    min-inline-size: 2.4em;
    padding-inline: 0.4em;
    font-size: 1.25em;
  }
  .menu [aria-checked='true'] {
    background: color-mix(in srgb, var(--_accent) 16%, var(--_surface));
  }
`
