import { css } from 'lit'

/** The social dividend as an equation, and how numbers changed. */
export const equationStyles = css`
  .change {
    font-size: 12px;
    font-weight: 550;
    white-space: nowrap;
  }
  .change.up {
    color: var(--good);
  }
  .change.down {
    color: var(--bad);
  }
  .change.same,
  .change.new {
    color: var(--muted);
  }
  .equation {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    border-top: 1px solid var(--line);
  }
  .term {
    position: relative;
    padding: 10px 16px 12px;
  }
  .term + .term {
    border-top: 1px solid var(--line);
  }
  .term + .term::before {
    content: '×';
    position: absolute;
    inset: -13px 16px auto auto;
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    border: 1px solid var(--line);
    border-radius: 50%;
    background: var(--panel);
    color: var(--muted);
    font-weight: 600;
    line-height: 1;
  }
  .term:nth-child(2)::before {
    content: '=';
  }
  .term dt {
    color: var(--muted);
    font-size: 12px;
  }
  .term dd {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
  }
  .term b {
    font-size: 18px;
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .mark {
    margin-inline-start: 4px;
    padding: 0 7px;
    border-radius: 99px;
    background: var(--accent-wash);
    color: var(--accent);
    font-size: 11px;
    font-weight: 600;
  }
  .dividend header > div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 14px;
  }
  @container (min-width: 620px) {
    .equation {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
    .term {
      padding-inline: 24px 12px;
    }
    .term:first-child {
      padding-inline-start: 16px;
    }
    .term + .term {
      border-top: 0;
      border-inline-start: 1px solid var(--line);
    }
    .term + .term::before {
      inset: calc(50% - 12px) auto auto -12px;
    }
  }
`
