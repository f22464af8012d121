import { fixture, html } from '@open-wc/testing'
import '../../widgets/comments/define.ts'
import type { GrapevineComments } from '../../widgets/comments/grapevine-comments.ts'
import type { Grapevine } from '../../widgets/core/grapevine.ts'
import { newSite, server, type TestSite, until } from './page.ts'

/** A site of the test's own, which the elements of this page belong to. */
export async function openStage(settings: Partial<Grapevine['settings']> = {}): Promise<TestSite> {
  const site = await newSite()
  const usual = { site: site.pk, server, param: 'gv', consent: 'auto', lang: '', theme: 'auto' } as const
  window.grapevine = { settings: { ...usual, ...settings } } as Grapevine
  return site
}

/** Another person's token, as their browser would make it. */
export const newToken = () => `pt_${crypto.randomUUID().replaceAll('-', '')}`

/** Somebody else's browser, or the site's own server by its secret key. */
export async function say<Answer>(
  site: TestSite,
  method: string,
  path: string,
  body: object | undefined,
  token: string,
): Promise<Answer> {
  const answer = await fetch(`/widgets/v1/${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(token.startsWith('sk_') ? {} : { 'x-grapevine-site': site.pk }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/** Sets how comments are on a site. */
export const arrange = (site: TestSite, change: object) =>
  say(site, 'PATCH', 'moderation/settings', change, site.sk)

/** A page of a test's own. */
export const newPage = () => new URL(`/test/pages/${crypto.randomUUID()}`, location.href).href

/** The comments of a page, once they are there. */
export async function commentsOf(url: string): Promise<GrapevineComments> {
  const element = await fixture<GrapevineComments>(
    html`<grapevine-comments eager url=${url}></grapevine-comments>`,
  )
  await until(() => element.shadowRoot?.querySelector('[aria-busy=false]'), 'its comments')
  return element
}

/** Something inside an element, once it is there. */
export const find = <E extends HTMLElement>(element: Element, selector: string, what = selector) =>
  until(() => element.shadowRoot?.querySelector<E>(selector), what)

/** All that an element says. */
export const textOf = (element: Element) =>
  element.shadowRoot?.querySelector('.base')?.textContent?.replace(/\s+/g, ' ') ?? ''

/** Waits until an element says something. */
export const saying = (element: Element, words: string) =>
  until(() => textOf(element).includes(words), `“${words}”`)

/** A button by its words, once it is there. */
export const buttonSaying = (element: Element, words: string, within = '') =>
  until(
    () =>
      [...(element.shadowRoot?.querySelectorAll<HTMLElement>(`${within} button, ${within} a`) ?? [])].find(
        (each) => each.textContent?.trim() === words,
      ),
    `a button that says ${words}`,
  )

/** Writes into a field as a person would. */
export function type(field: HTMLInputElement | HTMLTextAreaElement, words: string): void {
  field.focus()
  field.value = words
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
}

/** The composer of the page, loaded. */
export async function composerOf(element: Element): Promise<HTMLFormElement> {
  const plain = await find<HTMLTextAreaElement>(element, '.page textarea')
  plain.focus()
  return find<HTMLFormElement>(element, '.page form.composer')
}

/** The field of a composer. */
export const fieldOf = (form: Element) => form.querySelector('textarea') as HTMLTextAreaElement

/** Signs a JWT as the host page's own server would. */
export async function jwt(secret: string, claims: object): Promise<string> {
  const encode = (value: string | ArrayBuffer) =>
    btoa(typeof value === 'string' ? value : String.fromCharCode(...new Uint8Array(value)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, '')
  const head = encode(JSON.stringify({ alg: 'HS256', typ: 'JWT' }))
  const said = `${head}.${encode(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + 600, ...claims }))}`
  const bytes = new TextEncoder()
  const how = { name: 'HMAC', hash: 'SHA-256' }
  const signing = await crypto.subtle.importKey('raw', bytes.encode(secret), how, false, ['sign'])
  return `${said}.${encode(await crypto.subtle.sign('HMAC', signing, bytes.encode(said)))}`
}
