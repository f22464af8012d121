import { html, nothing, type TemplateResult } from 'lit'
import { BRANDS } from '../../locales/brands.ts'
import { changeOf } from '../dividend.ts'
import { formatChange, shortId } from '../format.ts'
import { language, text } from '../texts.ts'

/** A person, and what they chose to be called if they did. */
export type Somebody = { id: string; name?: string | null }

/** What a person is called: the name they chose, or the end of their id. */
export function guest(person: Somebody | null): string {
  if (!person) return text('somebody')
  return person.name ?? text('guest', { id: shortId(person.id) })
}

/** A person by what they are called, with the link to their page. */
export function personLink(person: Somebody | null, link: (id: string) => string): TemplateResult {
  const name = guest(person)
  return person ? html`<a class="name" href=${link(person.id)} title=${name}>${name}</a>` : html`${name}`
}

/** A channel in words, or as it is stored if it is one we have no word for. */
export function channelName(channel: string): string {
  return CHANNEL_NAMES[channel] ?? CHANNEL_TEXTS[channel]?.() ?? channel
}

/** How a number changed against the range before: a sign, a word and a colour. */
export function change(now: number, before: number): TemplateResult | typeof nothing {
  const part = changeOf(now, before)
  if (part === undefined)
    return now > 0 ? html`<span class="change new">${text('change_new')}</span>` : nothing
  const tone = part > 0 ? 'up' : part < 0 ? 'down' : 'same'
  return html`<span class="change ${tone}">${formatChange(part, language())}</span>`
}

/** A thin bar as a part of the largest of its column; it grows from the end under numbers, which end there too. */
export function bar(value: number, most: number, from: 'start' | 'end' = 'end'): TemplateResult {
  const width = most > 0 ? Math.max(value > 0 ? 1 : 0, (value / most) * 100) : 0
  return html`
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect x=${from === 'end' ? 100 - width : 0} width=${width} height="4" rx="1"></rect>
    </svg>
  `
}

/** A choice between a few ways to see something, each a link so that it can be kept and gone back from. */
export function segments(
  label: string,
  options: readonly { name: string; href: string; on: boolean; title?: string }[],
): TemplateResult {
  return html`
    <div class="segments" role="group" aria-label=${label}>
      ${options.map(
        ({ name, href, on, title }) =>
          html`<a href=${href} aria-current=${on ? 'true' : 'false'} title=${title ?? nothing}>${name}</a>`,
      )}
    </div>
  `
}

/** The choice of a currency, where there is one. */
export function currencyChoice(
  currencies: readonly string[],
  chosen: string | undefined,
  link: (currency: string) => string,
): TemplateResult | typeof nothing {
  if (currencies.length < 2) return nothing
  const options = currencies.map((name) => ({ name, href: link(name), on: name === chosen }))
  return segments(text('currency'), options)
}

const CHANNEL_NAMES: Readonly<Record<string, string>> = BRANDS

const CHANNEL_TEXTS: Readonly<Record<string, () => string>> = {
  native: () => text('channel_native'),
  copy: () => text('channel_copy'),
  qr: () => text('channel_qr'),
  email: () => text('channel_email'),
  sms: () => text('channel_sms'),
  weibo: () => text('channel_weibo'),
  qzone: () => text('channel_qzone'),
  ok: () => text('channel_ok'),
  comment: () => text('channel_comment'),
  referral: () => text('channel_referral'),
}
