import { css } from 'lit'

/** Bans, and the record of moderation. */
export const bansStyles = css`
  .record {
    padding: 10px 16px;
    border-top: 1px solid var(--line);
  }
  .record a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  .over b {
    color: var(--muted);
    font-weight: 500;
  }
  .nothing {
    padding: 0 16px 12px;
  }
  .subtree {
    padding: 12px 16px;
    border-top: 1px solid var(--line);
  }
  .subtree summary {
    cursor: pointer;
    font-weight: 550;
  }
  .subtree form {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding-top: 10px;
  }
  .subtree p {
    flex-basis: 100%;
  }
`
