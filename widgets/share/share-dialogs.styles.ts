import { css } from 'lit'

/** Styles of what is inside the dialogs of `<grapevine-share>`. */
export const shareDialogStyles = css`
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(4.75em, 1fr));
    gap: 0.25em;
    margin-inline: -0.5em;
  }
  .tile {
    flex-direction: column;
    justify-content: start;
    gap: 0.5em;
    padding: 0.75em 0.25em;
    font-size: 0.8125em;
    font-weight: 450;
    white-space: normal;
    text-align: center;
  }
  .tile svg {
    inline-size: 1.75em;
    block-size: 1.75em;
    stroke-width: 1.5;
  }
  .done {
    color: var(--_accent);
  }
  #refusal {
    min-block-size: 1.4em;
    margin-block: 0.35em 0.75em;
    font-size: 0.875em;
    color: var(--grapevine-danger, light-dark(#b3261e, #ffb4ab));
  }
  dialog form .lead,
  .code .lead {
    inline-size: 100%;
    margin: 0;
  }
  .code {
    display: grid;
    justify-items: center;
    gap: 1em;
  }
  .code > svg {
    inline-size: min(15em, 100%);
    block-size: auto;
    border-radius: var(--_radius);
    background: #fff;
    fill: #000;
    stroke: none;
  }
  .link {
    max-inline-size: 100%;
    font-size: 0.875em;
    overflow-wrap: anywhere;
    text-align: center;
    color: var(--_accent);
  }
`
