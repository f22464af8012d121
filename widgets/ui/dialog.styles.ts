import { css } from 'lit'

/** Styles of a dialog: a card in the middle, on a phone a sheet at the bottom. */
export const dialogStyles = css`
  dialog {
    --_line: var(--grapevine-line, light-dark(#1d1b2224, #f3f1f72e));
    inset: 0;
    margin: auto;
    padding: 0;
    border: 1px solid #0000;
    inline-size: min(25em, calc(100vw - 2em));
    max-block-size: min(36em, calc(100dvh - 2em));
    border-radius: 1.125em;
    background: var(--_surface);
    color: var(--_ink);
    box-shadow:
      0 0 0 1px var(--_line),
      0 1.5em 4em -0.75em #0007;
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: #14111a8c;
  }
  .sheet {
    padding: 1.25em;
  }
  dialog header {
    display: flex;
    flex-wrap: nowrap;
    align-items: center;
    gap: 0.75em;
    margin-block-end: 1em;
  }
  dialog h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: 1.0625em;
    font-weight: 650;
    line-height: 1.3;
  }
  dialog header button {
    margin: -0.5em;
  }
  dialog .field {
    all: unset;
    box-sizing: border-box;
    inline-size: 100%;
    padding: 0.6em 0.75em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_tint);
  }
  dialog .field:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 0;
  }
  dialog .field::placeholder {
    color: var(--_quiet);
  }
  dialog label {
    display: block;
    margin-block-end: 0.4em;
    font-size: 0.875em;
    color: var(--_quiet);
  }
  @media (max-width: 30em) {
    dialog {
      margin-block-end: 0;
      inline-size: 100vw;
      max-inline-size: none;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      padding-block-end: env(safe-area-inset-bottom);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: arrive 0.18s ease-out;
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(0.75em);
      }
    }
  }
`
