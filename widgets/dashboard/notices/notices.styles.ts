import { css } from 'lit'

/** Notices of illegal content. */
export const noticesStyles = css`
  .inside {
    display: grid;
    gap: 10px;
    padding: 0 16px 16px;
    overflow-wrap: anywhere;
  }
  blockquote {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 10px 14px;
    border-inline-start: 3px solid var(--branch);
    background: var(--sunk);
  }
  .inside form {
    display: grid;
    gap: 6px;
  }
  textarea.field {
    padding-block: 8px;
    font: inherit;
    color: inherit;
    resize: vertical;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
`
