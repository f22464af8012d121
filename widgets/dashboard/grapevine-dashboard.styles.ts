import { css } from 'lit'

export const dashboardStyles = css`
  :host {
    min-height: 100dvh;
    background: var(--ground);
  }
  .skip {
    position: fixed;
    inset: -60px auto auto 8px;
    z-index: 20;
  }
  .skip:focus {
    inset-block-start: 8px;
  }
  .side {
    padding: 10px 12px 0;
  }
  .name {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    padding-inline: 4px 44px;
    font-weight: 650;
    line-height: 1.25;
  }
  .name span {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .name svg {
    flex: none;
    color: var(--accent);
  }
  nav {
    position: relative;
    display: flex;
    gap: 2px;
    margin-inline: -12px;
    padding: 4px 12px 8px;
    overflow-x: auto;
    scrollbar-width: none;
  }
  nav ul {
    display: flex;
    gap: 2px;
  }
  nav ul + .group {
    flex: none;
    width: 1px;
    margin: 8px 6px;
    overflow: hidden;
    background: var(--line);
    font-size: 0;
  }
  nav .group:first-child {
    display: none;
  }
  nav a {
    display: flex;
    align-items: center;
    gap: 9px;
    min-height: 36px;
    padding: 6px 10px;
    border-radius: var(--radius-small);
    color: var(--muted);
    font-weight: 500;
    text-decoration: none;
    white-space: nowrap;
  }
  nav a:hover {
    background: var(--sunk);
    color: var(--ink);
  }
  nav a[aria-current='page'] {
    background: var(--accent-wash);
    color: var(--accent);
  }
  nav svg {
    display: none;
  }
  .main {
    min-width: 0;
    padding: 4px 12px 40px;
    outline: none;
    container-type: inline-size;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-bottom: 14px;
  }
  .top h1 {
    margin-inline-end: 4px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .top .live {
    margin-inline-end: auto;
  }
  .settings {
    position: absolute;
    inset: 11px 12px auto auto;
  }
  .top .button {
    padding-inline: 8px;
  }
  .live {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--muted);
    font-size: 12px;
  }
  .live::before {
    content: '';
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--edge);
  }
  .live.on::before {
    background: var(--good);
    animation: pulse 2.4s ease-out infinite;
  }
  @keyframes pulse {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, var(--good) 45%, transparent);
    }
    60%,
    to {
      box-shadow: 0 0 0 6px transparent;
    }
  }
  .pop {
    position: fixed;
    inset: auto 12px 12px;
    width: auto;
    margin: 0;
    padding: 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    color: var(--ink);
    box-shadow: var(--shadow-high);
  }
  .pop:popover-open {
    display: grid;
    align-content: start;
    gap: 12px;
  }
  .pop label {
    display: grid;
    gap: 4px;
  }
  .pop .button {
    justify-content: center;
  }
  .starting {
    display: grid;
    place-items: center;
    min-height: 100dvh;
    color: var(--accent);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .view-place {
    height: 70vh;
  }
  @media (min-width: 560px) {
    .pop {
      inset: 62px 16px auto auto;
      width: 264px;
    }
  }
  @media (min-width: 900px) {
    .shell {
      display: grid;
      grid-template-columns: 212px minmax(0, 1fr);
    }
    .side {
      position: sticky;
      top: 0;
      align-self: start;
      height: 100dvh;
      padding: 20px 12px 0;
      overflow-y: auto;
      border-inline-end: 1px solid var(--line);
    }
    .name {
      margin-bottom: 14px;
      padding-inline: 10px;
    }
    nav {
      display: block;
      margin: 0;
      padding: 0 0 20px;
    }
    nav ul {
      display: grid;
    }
    nav ul + .group,
    nav .group:first-child {
      display: block;
      width: auto;
      margin: 18px 0 4px;
      padding-inline: 10px;
      background: none;
      color: var(--muted);
      font-size: 12px;
      font-weight: 500;
    }
    nav .group:first-child {
      margin-top: 0;
    }
    nav svg {
      display: block;
    }
    .main {
      padding: 20px 28px 56px;
    }
    .width {
      max-width: 1360px;
      margin-inline: auto;
    }
    .settings {
      position: static;
    }
    .top {
      min-height: 36px;
      margin-bottom: 18px;
    }
  }
`
