import { html } from 'hono/html'
import { ARTICLES } from '../articles.ts'
import { ART } from './art.ts'
import { type Frame, layout, type Markup } from './layout.ts'

/** The front page: this articles. */
export const homePage = (frame: Frame): Markup =>
  layout(
    frame,
    'Overheard: how things get around',
    html`<h1 class="unseen">This issue</h1>
<ul class="cards lead">${ARTICLES.map(
      ({ slug, title, standfirst, minutes, art }) => html`
  <li class="card">
    ${ART[art]}
    <h2><a href="/articles/${slug}">${title}</a></h2>
    <p>${standfirst}</p>
    <p class="small">${minutes} minutes <grapevine-count url="/articles/${slug}"></grapevine-count></p>
  </li>`,
    )}
</ul>`,
  )
