import { css } from 'lit'

export const cascadeStyles = css`
  .crumb {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 12px;
  }
  .crumb h2 {
    min-width: 0;
    font-size: 16px;
    overflow-wrap: anywhere;
  }
  .crumb h2 a {
    color: inherit;
    text-decoration: none;
  }
  .crumb h2 a:hover {
    text-decoration: underline;
  }
  .measures {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin-top: 6px;
  }
  .measures div {
    display: flex;
    gap: 5px;
  }
  .measures dt {
    order: 2;
    color: var(--muted);
  }
  .measures dd {
    font-weight: 600;
  }
  .both {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap);
  }
  .tree {
    display: flex;
    flex-direction: column;
    overflow: hidden;
  }
  .tree > header {
    border-bottom: 1px solid var(--line);
  }
  .place {
    height: clamp(360px, calc(100dvh - 262px), 900px);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 14px;
    font-size: 12px;
  }
  .bead {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--shares);
  }
  .bead.buyer {
    border-radius: 1px;
    background: var(--conversions);
    transform: rotate(45deg) scale(0.9);
  }
  .keys {
    padding: 8px 16px;
    border-top: 1px solid var(--line);
  }
  .details {
    align-self: start;
    padding: 14px 16px 16px;
  }
  .details h3 {
    margin-top: 14px;
    font-weight: 500;
  }
  .who {
    margin-top: 6px;
    font-size: 16px;
    font-weight: 600;
  }
  .facts {
    display: grid;
    gap: 4px;
    margin-top: 8px;
  }
  .facts div {
    display: flex;
    justify-content: space-between;
    gap: 12px;
  }
  .facts dt {
    color: var(--muted);
  }
  .facts dd {
    text-align: end;
  }
  .chain {
    max-height: 320px;
    margin-top: 4px;
    overflow-y: auto;
  }
  .chain li + li {
    position: relative;
  }
  .chain li + li::before {
    content: '';
    position: absolute;
    inset: -7px auto auto 12px;
    height: 14px;
    border-inline-start: 1.5px solid var(--line);
  }
  .chain button {
    display: flex;
    align-items: center;
    width: 100%;
    min-height: 30px;
    padding: 3px 8px;
    border: 0;
    border-radius: var(--radius-small);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .chain button:hover {
    background: var(--sunk);
  }
  .chain [aria-current='true'] {
    background: var(--accent-wash);
  }
  .chain .bead {
    position: relative;
    z-index: 1;
    flex: none;
  }
  @container (min-width: 860px) {
    .both {
      grid-template-columns: minmax(0, 1fr) 272px;
    }
  }
`
