import { html } from 'hono/html'

/** What of a mail is ours to say. */
export interface Letter {
  subject: string
  text: string
  html: string
}

/** Characters of a subject. */
const SUBJECT_LENGTH = 140
/** Characters of a comment that a mail tells. */
const QUOTED_LENGTH = 1_500

/** A text within one line of a header: nothing in it breaks the line, turns it around or is unseen. */
export const oneLine = (text: string, most = SUBJECT_LENGTH): string => {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
}

const cut = (text: string): string =>
  text.length <= QUOTED_LENGTH
    ? text
    : `${text
        .slice(0, QUOTED_LENGTH)
        .toWellFormed()
        .replace(/\ufffd$/, '')} …`

/** The question whether somebody wants to hear of replies. It says nothing that a stranger could have written. */
export async function confirmLetter({ site, link }: { site: string; link: string }): Promise<Letter> {
  const name = oneLine(site, 60)
  const body = html`<!doctype html><html lang="en"><body>
<p>Somebody, probably you, wants to hear by mail when their comments on <bdi>${name}</bdi> are answered.</p>
<p><a href="${link}">Yes, send me replies</a></p>
<p>The link is good for seven days. If it was not you, do nothing: you will get no mail.</p>
</body></html>`
  return {
    subject: `Do you want replies from ${name}?`,
    text: `Somebody, probably you, wants to hear by mail when their comments on ${name} are answered.

To say yes, open this page:
${link}

The link is good for seven days. If it was not you, do nothing: you will get no mail.
`,
    html: String(await body),
  }
}

/** What somebody is told of an answer. */
export interface Reply {
  site: string
  /** The page's title, or its URL. */
  page: string
  name: string
  said: string
  link: string
  stop: string
}

/** The news that somebody's comment was answered. */
export async function replyLetter({ site, page, name, said, link, stop }: Reply): Promise<Letter> {
  const [who, where, of] = [oneLine(name, 60) || 'Somebody', oneLine(page), oneLine(site, 60)]
  const words = cut(said)
  const body = html`<!doctype html><html lang="en"><body>
<p><strong><bdi>${who}</bdi></strong> answered your comment on <bdi>${where}</bdi>:</p>
<blockquote dir="auto">${words.split('\n').flatMap((line, n) => (n === 0 ? [html`${line}`] : [html`<br>`, html`${line}`]))}</blockquote>
<p><a href="${link}">Read it and answer</a></p>
<p><small>You hear of this because you asked <bdi>${of}</bdi> to tell you of replies. <a href="${stop}">Send me no more</a></small></p>
</body></html>`
  return {
    subject: oneLine(`${who} answered your comment on ${where}`),
    text: `${who} answered your comment on ${where}:

${words.replace(/^/gm, '> ')}

Read it and answer:
${link}

You hear of this because you asked ${of} to tell you of replies. To get no more:
${stop}
`,
    html: String(await body),
  }
}
