import { css } from 'lit'

/** The settings of comments and of signing in. */
export const commentSettingsStyles = css`
  form.all {
    display: grid;
    gap: var(--gap);
  }
  .part,
  .saving {
    max-width: 860px;
  }
  .part {
    display: grid;
    gap: 18px;
    padding: 16px;
  }
  .part h2 {
    font-size: 15px;
  }
  .part h3 {
    font-size: 14px;
    font-weight: 600;
  }
  .setting {
    display: grid;
    gap: 4px;
    justify-items: start;
  }
  .setting > label,
  .setting > span:first-child {
    font-weight: 550;
  }
  .setting .field {
    width: min(100%, 420px);
  }
  .setting.number .field {
    width: 110px;
  }
  textarea.field {
    padding-block: 8px;
    font: inherit;
    color: inherit;
    resize: vertical;
  }
  .setting.lines .field {
    width: 100%;
  }
  .field[aria-invalid='true'] {
    border-color: var(--bad);
  }
  .fault {
    color: var(--bad);
    font-size: 13px;
  }
  .tick {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 10px;
    align-items: start;
    cursor: pointer;
  }
  .tick input {
    width: 17px;
    height: 17px;
    margin: 2px 0 0;
    accent-color: var(--accent);
  }
  .hint {
    display: block;
  }
  .inner {
    display: grid;
    gap: 12px;
    padding-inline-start: 14px;
    border-inline-start: 2px solid var(--branch);
  }
  .rules {
    display: grid;
    gap: 10px;
    justify-items: start;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .rules ol,
  .providers,
  .moves {
    display: grid;
    gap: 10px;
    width: 100%;
  }
  .rules li,
  .providers li {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 10px 14px;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
  }
  .rules .field {
    display: block;
    width: 120px;
  }
  .rules .tick {
    align-items: center;
    align-self: center;
  }
  .providers .setting {
    flex: 1 1 200px;
  }
  .providers p {
    flex-basis: 100%;
    overflow-wrap: anywhere;
  }
  .moves li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    overflow-wrap: anywhere;
  }
  form.move {
    display: grid;
    gap: 12px;
    justify-items: start;
  }
  form.move .setting {
    width: 100%;
  }
  .form-place {
    height: 900px;
    max-width: 860px;
  }
  .saving {
    position: sticky;
    bottom: 12px;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    padding: 10px 16px;
    box-shadow: var(--shadow-high);
  }
  .saving [role='status'] {
    flex: 1 1 0;
    min-width: min-content;
  }
  .bad {
    color: var(--bad);
  }
`
