import { css } from 'lit'

/**
 * Tokens that every element of ours draws with. Inside `.base` nothing is inherited from the page (`all: initial`),
 * except what places and hides it; `--grapevine-*` properties reach in by design.
 */
export const theme = css`
  :host(:not([hidden])) {
    display: block;
    transition: color 1ms;
  }
  .base {
    all: initial;
    display: block;
    visibility: inherit;
    pointer-events: inherit;
    color-scheme: light;
    --_ink: var(--grapevine-ink, light-dark(#1d1b22, #f3f1f7));
    --_quiet: var(--grapevine-quiet, light-dark(#625e6c, #aca8b8));
    --_surface: var(--grapevine-surface, light-dark(#fff, #1f1d25));
    --_tint: var(--grapevine-tint, light-dark(#1d1b220f, #f3f1f71a));
    --_accent: var(--grapevine-accent, light-dark(#6d35d9, #b598ff));
    --_radius: var(--grapevine-radius, 0.625em);
    font-family: var(--grapevine-font, system-ui, sans-serif);
    font-size: var(--grapevine-font-size, medium);
    line-height: 1.4;
    color: var(--_ink);
  }
  .dark {
    color-scheme: dark;
  }
  .base * {
    box-sizing: border-box;
  }
  button {
    all: unset;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.45em;
    min-block-size: var(--_target, 2.5em);
    border-radius: var(--_radius);
    font-size: 0.9375em;
    font-weight: 550;
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
  }
  button:hover {
    background: var(--_tint);
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  svg {
    flex: none;
    inline-size: 1.33em;
    block-size: 1.33em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (pointer: coarse) {
    .base {
      --_target: 44px;
    }
  }
`
