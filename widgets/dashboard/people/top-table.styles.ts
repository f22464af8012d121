import { css } from 'lit'

export const topStyles = css`
  td.count {
    min-width: 74px;
  }
  tbody th {
    white-space: nowrap;
  }
  @container (max-width: 560px) {
    td.count {
      min-width: 52px;
    }
  }
  td.visits {
    --bar: var(--visits);
  }
  td.shares {
    --bar: var(--shares);
  }
  td.conversions {
    --bar: var(--conversions);
  }
  .house {
    display: flex;
    justify-content: space-between;
    gap: 16px;
  }
`
