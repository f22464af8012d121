import { css } from 'lit'
import { queueStyles } from '../parts/queue.styles.ts'

const row = css`
  .said-row {
    display: grid;
    grid-template-columns: 17px minmax(0, 1fr);
    gap: 8px 12px;
    padding: 14px 16px;
    border-top: 1px solid var(--line);
    scroll-margin-block: 80px;
  }
  .said-row.selected {
    background: var(--accent-wash);
  }
  .said-row[aria-current='true'] {
    box-shadow: inset 3px 0 var(--accent);
  }
  .said-row:focus {
    outline: none;
  }
  .said-row.saying {
    opacity: 0.65;
  }
  .pick {
    padding-top: 2px;
  }
  .what {
    display: grid;
    align-content: start;
    gap: 6px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 8px;
  }
  .who a {
    color: inherit;
    font-weight: 600;
    text-decoration-color: var(--edge);
  }
  .what .small a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  p.body {
    max-height: 16em;
    overflow: auto;
    font-size: 15px;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .answered {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--branch);
  }
  .reasons {
    display: grid;
    gap: 3px;
    justify-self: start;
    padding: 8px 12px;
  }
  .badge.held {
    background: var(--warn-wash);
    color: var(--conversions);
  }
  .badge.refused,
  .badge.deleted {
    color: var(--bad);
  }
  .acts {
    grid-column: 2;
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .button.delete {
    color: var(--bad);
  }
  @container (min-width: 820px) {
    .said-row {
      grid-template-columns: 17px minmax(0, 1fr) 200px;
      gap: 12px 16px;
    }
    .acts {
      grid-column: auto;
      align-content: start;
      justify-content: flex-end;
    }
  }
`

const dialogs = css`
  .context {
    --dialog: 760px;
  }
  .context > .body {
    gap: 14px;
  }
  .context h3 {
    font-size: 13px;
    font-weight: 600;
  }
  .thread {
    display: grid;
    gap: 10px;
  }
  .thread > li {
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--branch);
  }
  .thread > .this {
    border-color: var(--accent);
  }
  .thread > .reply {
    margin-inline-start: 16px;
  }
  .thread .body {
    max-height: 10em;
    font-size: 14px;
  }
  .context-place {
    height: 260px;
  }
  .act {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 12px;
    overflow-wrap: anywhere;
  }
  .undone b {
    text-decoration: line-through;
  }
  .ask form {
    display: grid;
    gap: 14px;
  }
  fieldset {
    display: grid;
    gap: 10px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choice {
    display: flex;
    align-items: baseline;
    gap: 10px;
  }
  .choice.wide .field {
    flex: 1;
    min-width: 0;
  }
  .choice .hint {
    display: block;
  }
`

/** The queue of comments, its dialogs, and the record of what was decided. */
export const moderationStyles = [queueStyles, row, dialogs]
