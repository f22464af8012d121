import { css } from 'lit'

const head = css`
  .programme-head {
    display: grid;
    gap: 6px;
    margin-bottom: 16px;
  }
  .programme-head .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
  }
  .programme-head h2 {
    font-size: 18px;
    overflow-wrap: anywhere;
  }
  .steps {
    display: flex;
    gap: 8px;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-items: start;
    gap: var(--gap);
  }
  .aside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap);
  }
  @container (min-width: 940px) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(300px, 380px);
    }
    .aside {
      position: sticky;
      top: 20px;
    }
  }
`

const fields = css`
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding: 16px;
  }
  .part h2 {
    font-size: 15px;
  }
  .part label[for='name'] {
    font-weight: 600;
  }
  .sentence {
    line-height: 2.75;
  }
  .sentence .field {
    margin-inline: 2px;
    line-height: 1.4;
    vertical-align: baseline;
  }
  .sentence select {
    max-width: min(100%, 240px);
  }
  .field[aria-invalid='true'] {
    border-color: var(--bad);
  }
  .few {
    width: 72px;
  }
  .amount {
    width: 104px;
  }
  .word {
    width: min(100%, 220px);
  }
  .time {
    width: 210px;
    max-width: 100%;
  }
  #name {
    width: 100%;
    min-height: 38px;
    font-size: 15px;
  }
  .amount-of {
    display: inline-flex;
    align-items: baseline;
    gap: 4px;
    white-space: nowrap;
  }
  .unit {
    color: var(--muted);
    font-size: 12px;
  }
  .fault {
    color: var(--bad);
    font-size: 13px;
  }
  .pot {
    display: grid;
    justify-items: start;
    gap: 4px;
  }
  .radios label {
    position: relative;
  }
  .radios input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .radios label:has(:checked) {
    background: var(--raised);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  .radios label:has(:focus-visible) {
    outline: 2px solid var(--accent);
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
    gap: 6px;
    padding: 2px 0 2px 14px;
    border-inline-start: 2px solid var(--branch);
  }
  .tier {
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
  }
  .tier > :not(.sentence, .quiet) {
    grid-column: 1 / -1;
  }
  .quiet {
    border-color: transparent;
    background: none;
    color: var(--muted);
  }
`

const splits = css`
  .splits {
    display: grid;
    gap: 8px;
  }
  .splits legend {
    padding: 0 0 8px;
  }
  .split {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 10px;
    padding: 10px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    cursor: pointer;
  }
  .split:hover {
    background: var(--sunk);
  }
  .split:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-wash);
  }
  .split input {
    width: 17px;
    height: 17px;
    margin: 2px 0 0;
    accent-color: var(--accent);
  }
  .about {
    display: grid;
    gap: 2px;
  }
  .about b {
    font-weight: 600;
  }
  .example {
    grid-column: 2;
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .example svg {
    flex: none;
    fill: var(--conversions);
  }
  @container (min-width: 700px) {
    .split {
      grid-template-columns: auto minmax(0, 1fr) 220px;
    }
    .example {
      grid-column: 3;
    }
  }
`

const folds = css`
  .folded {
    padding-top: 12px;
    border-top: 1px solid var(--line);
  }
  .folded summary {
    cursor: pointer;
  }
  .folded .title {
    font-weight: 550;
  }
  .inside {
    display: grid;
    gap: 8px;
    padding-top: 10px;
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
  .saving [hidden] {
    display: none;
  }
  .bad {
    color: var(--bad);
  }
  .versions {
    display: grid;
    gap: 12px;
    padding: 0 16px 16px;
    max-height: 420px;
    overflow-y: auto;
  }
  .versions > li {
    display: grid;
    gap: 2px;
  }
  .versions ins {
    text-decoration: none;
    font-weight: 550;
  }
  .versions del {
    color: var(--muted);
  }
  .version-place {
    height: 72px;
    margin: 0 16px 16px;
  }
`

/** The form of a programme, with what stands beside it. */
export const formStyles = [head, fields, splits, folds]
