import { html } from 'hono/html'
import { ARTICLES, type Article } from '../articles.ts'
import { ART } from './art.ts'
import { type Frame, layout, type Markup } from './layout.ts'

/** The comments as a plain page, for who has no scripts and for search engines. */
function threadPage({ server, publishableKey, url }: Frame): string {
  const page = new URL('/v1/threads/html', server)
  page.search = new URLSearchParams({ url, site: publishableKey }).toString()
  return page.href
}

/** One article, with the elements that let its readers pass it on and talk about it. */
export function articlePage(frame: Frame, article: Article): Markup {
  const { title, standfirst, minutes, art, paragraphs, quote } = article
  const middle = Math.ceil(paragraphs.length / 2)
  const paragraph = (text: string) => html`<p>${text}</p>\n`
  return layout(
    frame,
    `${title} · Overheard`,
    html`<article class="article">
  ${ART[art]}
  <h1>${title}</h1>
  <p class="standfirst">${standfirst}</p>
  <p class="small">${minutes} minutes</p>
  ${paragraphs.slice(0, middle).map(paragraph)}
  <blockquote><p>${quote}</p></blockquote>
  ${paragraphs.slice(middle).map(paragraph)}
  <section class="pass-on" aria-labelledby="pass-on">
    <h2 id="pass-on">Somebody you know should read this</h2>
    <grapevine-share></grapevine-share>
  </section>
</article>
<section class="talk" aria-label="Comments">
  <grapevine-comments article=".article"></grapevine-comments>
  <noscript><a href="${threadPage(frame)}">What readers say of this</a></noscript>
</section>
<aside class="more" aria-labelledby="more">
  <h2 id="more">Also in this issue</h2>
  <ul>${ARTICLES.filter((other) => other !== article).map(
    (other) => html`<li><a href="/articles/${other.slug}">${other.title}</a></li>`,
  )}</ul>
  <p><a href="/shop">The shop: for people who still talk to each other</a></p>
</aside>`,
  )
}
