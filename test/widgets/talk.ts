import { fixture, html } from '@open-wc/testing'
import type { Comment, NewComment, Posted } from '../../server/contract/comments.ts'
import type { GrapevineComments } from '../../widgets/comments/grapevine-comments.ts'
import type { Grapevine } from '../../widgets/core/grapevine.ts'
import { server, type TestSite, until } from './page.ts'

/** A token of somebody's. */
export const newToken = () => `pt_${crypto.randomUUID().replaceAll('-', '')}`

/** A page of this test's own. */
export const newPage = () => new URL(`/talk/${crypto.randomUUID()}`, location.href).href

/** The page's settings, as its script tag would give them. */
export function configure(site: TestSite, settings: Partial<Grapevine['settings']> = {}): void {
  const usual = { site: site.pk, server, param: 'gv', consent: 'auto', lang: '', theme: 'auto' } as const
  window.grapevine = { settings: { ...usual, ...settings } } as Grapevine
}

/** This browser is that of somebody who has acted before. */
export const actAs = (site: TestSite, token: string) =>
  localStorage.setItem(`grapevine:${site.pk.slice(3, 9)}:token`, token)

/** Somebody else's browser, or the site's own server by its secret key. */
export async function say<Answer>(
  site: TestSite,
  method: string,
  path: string,
  body: object,
  token = site.sk,
): Promise<Answer> {
  const answer = await fetch(`/widgets/v1/${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(token.startsWith('sk_') ? {} : { 'x-grapevine-site': site.pk }),
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/** Lets everybody speak at once, and sets what else is asked. */
export const openToAll = (site: TestSite, more = {}) =>
  say(site, 'PATCH', 'moderation/settings', {
    policy: 'open',
    proofOfWork: 'never',
    perMinute: 100,
    ...more,
  })

/** Has somebody comment. */
export async function comment(
  site: TestSite,
  url: string,
  body: string,
  more: Partial<NewComment> = {},
  token = newToken(),
): Promise<Comment> {
  const name = more.parent ? 'Grace Hopper' : 'Ada Lovelace'
  return (await say<Posted>(site, 'POST', 'comments', { url, body, name, ...more }, token)).comment
}

/** The element with the comments of a page, once they are there. */
export async function talk(
  url: string,
  template = html`<grapevine-comments url=${url} eager></grapevine-comments>`,
): Promise<GrapevineComments> {
  const element = await fixture<GrapevineComments>(template)
  await until(() => element.shadowRoot?.querySelector('[aria-busy=false]'), 'the comments')
  await element.redraw()
  return element
}

/** What of an element fits, in its order. */
export const all = <E extends HTMLElement = HTMLElement>(element: Element, selector: string): E[] => [
  ...(element.shadowRoot?.querySelectorAll<E>(selector) ?? []),
]

export const find = <E extends HTMLElement = HTMLElement>(element: Element, selector: string): Promise<E> =>
  until(() => element.shadowRoot?.querySelector<E>(selector), selector)

/** What the comments say, in their order. */
export const said = (element: Element): string[] =>
  all(element, 'article .text').map(({ textContent }) => textContent?.trim() ?? '')

/** The row of a comment. */
export const rowOf = (element: Element, { id }: Pick<Comment, 'id'>): Promise<HTMLElement> =>
  find(element, `li[data-id="${CSS.escape(id)}"]`)

/** A button of a comment. */
export const buttonOf = async (
  element: Element,
  of: Pick<Comment, 'id'>,
  act: string,
): Promise<HTMLButtonElement> => {
  const row = await rowOf(element, of)
  return until(
    () =>
      row.querySelector<HTMLButtonElement>(`:scope > article [data-act=${act}], :scope > [data-act=${act}]`),
    act,
  )
}

/** What is said to those who do not see it. */
export const status = (element: Element): string =>
  element.shadowRoot?.querySelector('[role=status]')?.textContent?.trim() ?? ''
