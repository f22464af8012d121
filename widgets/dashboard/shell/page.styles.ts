import { css } from 'lit'

/** The document around the dashboard: its ground, and the theme that `light-dark()` follows. */
export const pageStyles = css`
  :root {
    color-scheme: light dark;
    background: light-dark(#f6f5f1, #141219);
  }
  :root[data-theme='light'] {
    color-scheme: light;
  }
  :root[data-theme='dark'] {
    color-scheme: dark;
  }
  body {
    margin: 0;
  }
`
