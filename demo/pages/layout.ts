import { html } from 'hono/html'

/** A piece of a page: escaped already. */
export type Markup = ReturnType<typeof html>

/** What every page needs to know. */
export interface Frame {
  /** Base URL of the Grapevine server. */
  server: string
  publishableKey: string
  /** This page, as search engines should know it. */
  url: string
}

/** The page around a page: head, masthead, footer. The one Grapevine tag is in its head. */
export function layout({ server, publishableKey, url }: Frame, title: string, content: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <link rel="canonical" href="${url}">
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/demo.css">
  <script type="module" async src="${new URL('/grapevine.js', server).href}" data-site="${publishableKey}"></script>
</head>
<body>
  <a class="skip" href="#content">Skip to the content</a>
  <header class="masthead">
    <a class="name" href="/">Overheard</a>
    <p>A magazine about how things get around</p>
    <nav aria-label="Main"><a href="/">This issue</a> <a href="/shop">Shop</a> <a href="/invite">Invite</a></nav>
  </header>
  <main id="content">${content}</main>
  <footer class="foot">
    <p>Overheard is the demonstration site of Grapevine. Its articles are real; its shop sends nothing.</p>
  </footer>
</body>
</html>`
}
