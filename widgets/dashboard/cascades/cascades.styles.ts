import { css } from 'lit'

export const cascadesStyles = css`
  .top {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap);
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 14px 16px;
    padding: 16px;
  }
  .depths {
    display: grid;
    gap: 4px;
    padding: 0 16px 16px;
  }
  .depths li {
    display: grid;
    grid-template-columns: 64px minmax(0, 1fr) 56px;
    align-items: center;
    gap: 10px;
    font-size: 12px;
  }
  .depths .bar {
    --bar: var(--shares);
    height: 10px;
    margin: 0;
  }
  @container (min-width: 620px) {
    .figures {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }
  @container (min-width: 860px) {
    .top {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    }
  }
`
