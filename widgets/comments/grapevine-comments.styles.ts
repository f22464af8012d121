import { css } from 'lit'

/** Styles of `<grapevine-comments>` that every reader needs. */
export const commentsStyles = css`
  .base {
    --_line: var(--grapevine-line, light-dark(#1d1b2224, #f3f1f72e));
    position: relative;
    container-type: inline-size;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  :host(:not([hidden], :state(there))) {
    min-block-size: var(--grapevine-reserve, 100vh);
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    flex: 1 0 auto;
    max-inline-size: 100%;
    font-size: 1.25em;
    font-weight: 700;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  .top,
  header,
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.5em;
  }
  .top {
    min-block-size: 2.75em;
    margin-block-end: 0.75em;
  }
  .plain {
    padding-inline: 0.9em;
    border: 1px solid var(--_line);
  }
  .lead {
    padding-inline: 1.1em;
    border: 1px solid #0000;
    background: var(--grapevine-lead, var(--_ink));
    color: var(--grapevine-on-lead, var(--_surface));
  }
  .lead:hover {
    background: color-mix(in srgb, var(--grapevine-lead, var(--_ink)) 86%, var(--_surface));
  }
  .sort {
    max-inline-size: 12em;
    field-sizing: content;
    min-block-size: var(--_target, 2.5em);
    padding-inline: 0.5em;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    font: inherit;
    font-size: 0.9375em;
    color: var(--_quiet);
    cursor: pointer;
  }
  .me {
    max-inline-size: 14em;
  }
  .me bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .me .face {
    inline-size: 1.5em;
    block-size: 1.5em;
  }
  .field {
    display: block;
    inline-size: 100%;
    min-block-size: 5.6em;
    margin: 0;
    padding: 0.7em 0.85em;
    border: 1px solid color-mix(in srgb, var(--_ink) 45%, var(--_surface));
    border-radius: var(--_radius);
    background: var(--_surface);
    font: inherit;
    color: inherit;
    resize: vertical;
  }
  .field::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .writing {
    margin-block: 0.5em 1em;
  }
  .note {
    padding: 0.7em 0.9em;
    border-radius: var(--_radius);
    background: var(--_tint);
  }
  .quiet,
  .note {
    font-size: 0.875em;
    color: var(--_quiet);
  }
  .empty {
    padding-block: 1.5em;
    text-align: center;
  }
  .sorry {
    margin-block: 1em 0.6em;
    color: var(--grapevine-danger, light-dark(#b3261e, #ffb4ab));
  }
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li > ol {
    margin-inline-start: 0.95em;
    padding-inline-start: 1.2em;
    border-inline-start: 2px solid var(--_line);
  }
  .list > li {
    padding-block-start: 0.5em;
  }
  article {
    padding: 0.6em 0 0.4em;
    padding-inline-start: 0.75em;
    margin-inline-start: -0.75em;
    border-radius: var(--_radius);
    content-visibility: auto;
    contain-intrinsic-size: auto 7.5em;
  }
  article:focus-visible {
    outline-offset: -2px;
  }
  header {
    min-block-size: 2.25em;
    font-size: 0.9375em;
  }
  .face {
    flex: none;
    inline-size: 2em;
    block-size: 2em;
    border-radius: 50%;
    background: var(--_tint);
    object-fit: cover;
  }
  svg.face {
    stroke: none;
  }
  .face text {
    fill: #fff;
    font: 600 14px system-ui, sans-serif;
    text-anchor: middle;
    dominant-baseline: central;
  }
  h3 {
    font-size: 1em;
    font-weight: 650;
  }
  .badge,
  .mark {
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    padding: 0.05em 0.55em;
    border-radius: 1em;
    background: var(--_tint);
    font-size: 0.8125em;
    font-weight: 550;
  }
  .badge {
    background: color-mix(in srgb, var(--_accent) 16%, var(--_surface));
    color: var(--_ink);
  }
  .yes,
  .done {
    color: light-dark(#146c2e, #7fd99a);
  }
  a {
    color: var(--_accent);
  }
  a.quiet,
  a.mark {
    text-decoration: none;
  }
  a.quiet:hover,
  a.mark:hover {
    text-decoration: underline;
  }
  .quiet {
    color: var(--_quiet);
  }
  .icon {
    min-inline-size: var(--_target, 2.25em);
    min-block-size: var(--_target, 2.25em);
    color: var(--_quiet);
  }
  [data-act='menu'] svg {
    stroke-width: 3;
  }
  .fold {
    margin-inline-start: auto;
  }
  .fold svg {
    transition: rotate 0.15s;
  }
  .fold[aria-expanded='false'] svg {
    rotate: -90deg;
  }
  .text {
    padding-block: 0.15em 0.25em;
  }
  .text > * {
    margin-block: 0 0.6em;
  }
  .text > :last-child {
    margin-block-end: 0;
  }
  .long {
    max-block-size: 18em;
    overflow: hidden;
    mask-image: linear-gradient(#000 70%, #0000);
  }
  .long:focus-within {
    max-block-size: none;
    mask-image: none;
  }
  .text img {
    max-inline-size: 100%;
    border-radius: var(--_radius);
  }
  .text ol,
  .text ul {
    padding-inline-start: 1.5em;
  }
  .text ol {
    list-style: decimal;
  }
  .text ul {
    list-style: disc;
  }
  blockquote {
    margin: 0 0 0.6em;
    padding-inline-start: 0.85em;
    border-inline-start: 3px solid var(--_line);
    color: var(--_quiet);
  }
  .passage {
    border-color: var(--_accent);
    font-size: 0.9375em;
  }
  code,
  pre {
    border-radius: 0.35em;
    background: var(--_tint);
    font-family: var(--grapevine-code-font, ui-monospace, monospace);
    font-size: 0.875em;
  }
  code {
    padding: 0.1em 0.3em;
  }
  pre {
    padding: 0.7em 0.9em;
    overflow-x: auto;
    line-height: 1.45;
    white-space: pre;
    overflow-wrap: normal;
  }
  pre code {
    padding: 0;
    background: none;
    font-size: 1em;
  }
  .mention {
    font-weight: 550;
    color: var(--_accent);
  }
  .bar {
    gap: 0.125em;
    margin-inline-start: -0.5em;
    color: var(--_quiet);
    font-size: 0.9375em;
  }
  .vote,
  .reply,
  .chip {
    min-block-size: var(--_target, 2.25em);
    min-inline-size: var(--_target, 2.25em);
    padding-inline: 0.5em;
    gap: 0.25em;
    font-variant-numeric: tabular-nums;
  }
  .chip {
    margin-inline: 0.15em;
    padding-inline: 0.6em;
    min-block-size: var(--_target, 2em);
    border: 1px solid var(--_line);
    border-radius: 2em;
  }
  [aria-pressed='true'] {
    color: var(--_accent);
  }
  .chip[aria-pressed='true'] {
    background: color-mix(in srgb, var(--_accent) 12%, var(--_surface));
    border: 2px solid var(--_accent);
  }
  .vote[aria-pressed='true'] svg {
    stroke-width: 3;
  }
  :disabled {
    cursor: default;
    opacity: 0.7;
  }
  .link {
    min-block-size: var(--_target, 2.25em);
    padding-inline: 0.4em;
    margin-inline-start: -0.4em;
    font-size: 0.9375em;
    color: var(--_accent);
  }
  .more {
    inline-size: 100%;
    margin-block-start: 1em;
  }
  .ghosts div {
    block-size: 6em;
    margin-block-start: 1em;
    border-radius: var(--_radius);
    background: var(--_tint);
  }
  @container (max-width: 30em) {
    li > ol {
      margin-inline-start: 0;
      padding-inline-start: 0.65em;
    }
    .chip {
      order: 1;
    }
    .top {
      column-gap: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .fold svg {
      transition: none;
    }
  }
`
