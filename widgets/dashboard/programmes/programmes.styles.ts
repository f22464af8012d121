import { css } from 'lit'

export const programmeStyles = css`
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px 16px;
  }
  .actions .muted {
    margin-inline-end: auto;
  }
  .badge {
    display: inline-block;
    padding: 1px 9px;
    border-radius: 99px;
    background: var(--sunk);
    color: var(--muted);
    font-size: 12px;
    font-weight: 550;
    letter-spacing: 0;
    white-space: nowrap;
    vertical-align: 2px;
  }
  .badge.running {
    background: color-mix(in srgb, var(--good) 14%, var(--panel));
    color: var(--good);
  }
  .badge.paused {
    background: var(--warn-wash);
    color: var(--conversions);
  }
  .programmes {
    display: grid;
    gap: 12px;
  }
  .programme {
    display: grid;
    gap: 14px 28px;
    padding: 16px;
  }
  .programme h2 {
    margin-bottom: 4px;
    font-size: 16px;
  }
  .programme h2 a {
    color: inherit;
    text-decoration: none;
  }
  .programme h2 a:hover {
    text-decoration: underline;
  }
  .programme .head p {
    max-width: 68ch;
    color: var(--muted);
  }
  .programme dl {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 28px;
  }
  .programme dt {
    color: var(--muted);
    font-size: 12px;
  }
  .programme dd {
    font-size: 16px;
    font-weight: 600;
  }
  .programme dd a {
    color: inherit;
    text-decoration-color: var(--edge);
  }
  .card-place {
    height: 132px;
  }
  @container (min-width: 980px) {
    .programme {
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
    }
    .programme dl {
      gap: 10px 24px;
    }
    .programme dl > div {
      min-width: 80px;
      text-align: end;
    }
  }
`
