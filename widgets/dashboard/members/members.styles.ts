import { css } from 'lit'

/** The list of members. */
export const membersStyles = css`
  .search .field {
    width: min(100%, 220px);
  }
  .about {
    flex-basis: 100%;
  }
  .nothing {
    padding: 8px 16px 20px;
  }
  .notice {
    padding: 10px 16px;
  }
  .notice.bad {
    color: var(--bad);
  }
  @media (pointer: fine) {
    td select.field {
      min-height: 30px;
      padding-block: 2px;
    }
  }
`
