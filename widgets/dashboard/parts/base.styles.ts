import { css } from 'lit'
import { tokens } from './tokens.styles.ts'

const plain = css`
  :host {
    display: block;
    color: var(--ink);
    font: 14px/1.45 var(--font);
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ol,
  ul,
  figure {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  h1 {
    font-size: 20px;
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.25;
  }
  h2 {
    font-size: 14px;
    font-weight: 600;
  }
  a {
    color: var(--accent);
    text-underline-offset: 2px;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 3px;
  }
  .muted {
    color: var(--muted);
  }
  .small {
    font-size: 12px;
  }
  .number {
    text-align: end;
    white-space: nowrap;
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`

const controls = css`
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 34px;
    padding: 4px 12px;
    border: 1px solid var(--edge);
    border-radius: var(--radius-small);
    background: var(--panel);
    color: var(--ink);
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover {
    background: var(--sunk);
  }
  .button[disabled] {
    opacity: 0.6;
    cursor: default;
  }
  .button.main {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .field {
    min-height: 34px;
    padding: 4px 10px;
    border: 1px solid var(--edge);
    border-radius: var(--radius-small);
    background: var(--panel);
  }
  .segments {
    display: inline-flex;
    flex-wrap: wrap;
    padding: 2px;
    border-radius: var(--radius-small);
    background: var(--sunk);
  }
  .segments > * {
    display: flex;
    align-items: center;
    min-height: 30px;
    padding: 2px 11px;
    border: 0;
    border-radius: 5px;
    background: none;
    color: var(--muted);
    font-weight: 500;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
  }
  .segments > :hover {
    color: var(--ink);
  }
  .segments > [aria-current='true'],
  .segments > [aria-pressed='true'] {
    background: var(--raised);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  /* A finger wants more room than a pointer. */
  @media (pointer: coarse) {
    .button,
    .field {
      min-height: 44px;
    }
    .segments > * {
      min-height: 40px;
    }
  }
`

const pieces = css`
  .export {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    color: var(--muted);
    font-size: 12px;
    font-weight: 550;
  }
  .export svg {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .export a {
    color: inherit;
    text-decoration: none;
  }
  .export a:hover {
    color: var(--ink);
    text-decoration: underline;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chips li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    min-height: 28px;
    padding-inline-start: 10px;
    border-radius: 99px;
    background: var(--accent-wash);
    font-size: 13px;
  }
  .chips b {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chips a {
    display: grid;
    flex: none;
    place-items: center;
    width: 28px;
    height: 28px;
    border-radius: 50%;
    font-size: 16px;
    line-height: 1;
    text-decoration: none;
  }
  .chips a:hover {
    background: var(--panel);
  }
  .figures dt {
    color: var(--muted);
    font-size: 12px;
  }
  .figures dd {
    font-size: 20px;
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .figures a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  .warning {
    padding: 10px 12px;
    border-radius: var(--radius-small);
    background: var(--warn-wash);
    font-size: 13px;
  }
`

const panels = css`
  .panel {
    min-width: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    box-shadow: var(--shadow);
  }
  .panel > header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 12px;
    padding: 12px 16px;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap);
  }
  .message {
    display: grid;
    justify-items: start;
    gap: 10px;
    padding: 24px 20px;
    max-width: 64ch;
  }
  .skeleton {
    border-radius: var(--radius);
    background: var(--sunk);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .list-place {
    height: 480px;
  }
  .summary-place {
    height: 236px;
  }
  .dividend-place {
    height: 112px;
  }
  .card-place {
    height: 258px;
  }
  .tree-place {
    height: 560px;
  }
  [aria-busy='true'] > .settled {
    opacity: 0.55;
    transition: opacity 0.2s 0.15s;
  }
  @keyframes breathe {
    from {
      opacity: 1;
    }
    to {
      opacity: 0.55;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`

/** What every element of the dashboard starts from. */
export const base = [tokens, plain, controls, panels, pieces]
