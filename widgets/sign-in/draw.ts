import type { SignInPageKey } from '../locales/sign-in-page.en.ts'
import { main, text } from './told.ts'

/** An element with a text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  words: string,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  made.textContent = words
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

/** Shows a heading, which is the page's title too, and what follows. */
export function draw(title: string, ...below: Node[]): void {
  document.title = title
  main().replaceChildren(element('h1', title), ...below)
}

/** A sentence that a screen reader says when it comes up. */
export const sentence = (words: string, isFault = false): HTMLElement =>
  isFault ? element('p', words, { role: 'alert', class: 'fault' }) : element('p', words, { role: 'status' })

/** A button that does something. */
export function button(
  key: SignInPageKey,
  act: () => void,
  type: 'button' | 'submit' = 'button',
): HTMLButtonElement {
  const made = element('button', text(key), { type })
  made.addEventListener('click', act)
  return made
}
