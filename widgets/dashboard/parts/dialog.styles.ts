import { css } from 'lit'

/** Modal dialogs of the dashboard: a card in the middle, on a phone a sheet at the bottom. */
export const dialogs = css`
  dialog {
    width: min(var(--dialog, 440px), calc(100vw - 32px));
    max-height: calc(100dvh - 48px);
    margin: auto;
    padding: 20px;
    overflow: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel);
    color: var(--ink);
    box-shadow: var(--shadow-high);
  }
  dialog::backdrop {
    background: rgb(20 18 25 / 50%);
  }
  dialog[open] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
  }
  dialog h2 {
    font-size: 16px;
  }
  dialog .body {
    display: grid;
    gap: 10px;
  }
  dialog .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }
  @media (max-width: 560px) {
    dialog {
      width: 100%;
      max-width: none;
      margin: auto 0 0;
      border-width: 1px 0 0;
      border-radius: var(--radius) var(--radius) 0 0;
    }
  }
`
