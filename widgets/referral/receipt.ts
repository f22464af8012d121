import { html, nothing } from 'lit'
import type { Receipt, SignedReceipt } from '../../server/contract/rewards.ts'
import type { Texts } from '../core/i18n.ts'
import { readOwn } from '../core/request-own.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import { formatMoney } from '../ui/money.ts'
import type { View } from '../ui/open-dialog.ts'
import { dateText } from './more-texts.ts'

type Line = Receipt['lines'][number]

const LINES = {
  value: 'lineValue',
  pot: 'linePot',
  buyer: 'lineBuyer',
  author: 'lineAuthor',
  site: 'lineSite',
  touch: 'lineTouch',
  hop: 'lineHop',
  limit: 'lineLimit',
  house: 'lineHouse',
  reversed: 'lineReversed',
  yours: 'lineYours',
} as const satisfies Record<Line['what'], MoreKey>

/** Why somebody was paid: the chain, the rule, the arithmetic, and the signed file to keep. */
export async function receiptView(id: string, texts: Texts<MoreKey>): Promise<() => View> {
  const signed = await readOwn(`/v1/rewards/${id}/receipt`)
  return () => ({ title: texts.t('receipt'), body: paper(signed, texts) })
}

function paper(signed: SignedReceipt, texts: Texts<MoreKey>) {
  const { t, lang } = texts
  const { conversion, programme, touches, lines, currency } = signed.receipt
  const { name, at, value } = conversion
  const known = { name, date: dateText(at, lang), value: value ? formatMoney(value, lang) : '' }
  return html`
    <div class="receipt">
      <p>${t(value ? 'bought' : 'happened', known)}</p>
      ${
        touches.length === 0
          ? nothing
          : html`<p class="quiet">${t('cameBy')}</p>
            <ul class="chains">
              ${touches.map(({ chain }) => html`<li>${way(chain, texts)}</li>`)}
            </ul>`
      }
      <p class="quiet">
        ${t('rule', { name: programme.name, version: String(programme.version) })}
      </p>
      <h3>${t('arithmetic')}</h3>
      <dl class="lines">${lines.map((line) => row(line, currency, texts))}</dl>
      <p class="note">${t('signed')}</p>
      <button class="plain" type="button" part="button" @click=${() => download(signed)}>${t('download')}</button>
    </div>
  `
}

/** From whoever began to the friend, by the names they chose. */
const way = (chain: readonly string[], texts: Texts<MoreKey>) => [
  [...chain].reverse().map((who) => html`<bdi>${called(who, texts)}</bdi> → `),
  texts.t('buyer'),
]

const called = (who: string, { t }: Texts<MoreKey>): string =>
  who === 'you' || who === 'someone' ? t(who) : who

function row({ what, who, how, amount }: Line, currency: string, texts: Texts<MoreKey>) {
  const name = texts.t(LINES[what], { who: who === null ? '' : called(who, texts) })
  return html`
    <div class=${what}>
      <dt>${name} <small>${how}</small></dt>
      <dd>${formatMoney({ amount, currency }, texts.lang)}</dd>
    </div>
  `
}

function download(signed: SignedReceipt): void {
  const file = new Blob([JSON.stringify(signed, null, 2)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `receipt-${signed.receipt.reward}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
