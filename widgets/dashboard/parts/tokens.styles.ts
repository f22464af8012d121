import { css } from 'lit'

/** Colours, sizes and type of the dashboard. Every colour is a pair that follows `color-scheme`; text pairs reach AA. */
export const tokens = css`
  :host {
    --ground: light-dark(#f6f5f1, #141219);
    --panel: light-dark(#ffffff, #1c1923);
    --raised: light-dark(#ffffff, #393346);
    --sunk: light-dark(#f1efe9, #25212e);
    --line: light-dark(#e3dfd6, #332e3e);
    --branch: light-dark(#cdc5d6, #4b4459);
    --edge: light-dark(#8b8594, #7c7489);
    --ink: light-dark(#1e1a24, #ece8f2);
    --muted: light-dark(#5f5968, #aaa3b6);
    --accent: light-dark(#5f2d91, #c9abf3);
    --on-accent: light-dark(#ffffff, #1c1923);
    --accent-wash: light-dark(#f1eaf8, #2d2440);
    --visits: light-dark(#5f2d91, #bf9bef);
    --shares: light-dark(#0a7558, #57c8a4);
    --conversions: light-dark(#b2500a, #f2a65f);
    --value: light-dark(#1c62ad, #7fb9f6);
    --good: light-dark(#0a6b50, #62d0ad);
    --bad: light-dark(#ad241c, #ff9f93);
    --warn-wash: light-dark(#fdf3e4, #33281a);
    --shadow: 0 1px 2px light-dark(rgb(40 30 50 / 6%), rgb(0 0 0 / 40%));
    --shadow-high: 0 8px 28px light-dark(rgb(40 30 50 / 18%), rgb(0 0 0 / 60%));
    --radius: 10px;
    --radius-small: 6px;
    --gap: 16px;
    --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif;
    --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace;
  }
`
