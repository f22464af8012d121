import { css } from 'lit'

/** Styles of what nobody sees who has not done anything yet, and who has heard of nothing new. */
export const laterStyles = css`
  .trail {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-start: 1em;
  }
  .branched .page,
  .branched .empty {
    display: none;
  }
  .asked > article {
    background: var(--_tint);
    box-shadow: 0.75em 0 var(--_tint);
  }
  .folded > article > .quiet {
    padding-inline-start: 2.7em;
  }
  .fresh {
    position: sticky;
    z-index: 1;
    inset-block-start: 1em;
    block-size: 0;
    text-align: center;
  }
  .fresh button {
    border-radius: 2em;
    box-shadow: 0 0.25em 1em #0005;
  }
  .toast {
    position: sticky;
    z-index: 2;
    inset-block-end: 1em;
    inline-size: fit-content;
    max-inline-size: 100%;
    margin: 1em auto 0;
    padding: 0.6em 1em;
    border: 1px solid #0000;
    border-radius: var(--_radius);
    background: var(--_ink);
    color: var(--_surface);
    font-size: 0.9375em;
    pointer-events: none;
  }
`
