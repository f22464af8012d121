import { expect } from '@open-wc/testing'
import { CHANNELS } from '../../server/contract/channels.ts'
import '../../widgets/share/every.ts'
import { mastodonHost } from '../../widgets/share/networks.ts'
import { shareUrl } from '../../widgets/share/share-url.ts'
import { NETWORKS } from '../../widgets/share/usual.ts'

const link = 'https://shop.example/a b?x=1&y=%26&gv=abcdefABCDEFGHIJ#part 2'
const text = 'Bread & wine #1 — 50% “off” 🍇 葡萄 +1?'
const BY_ACTS = ['native', 'copy', 'qr', 'comment', 'referral', 'coupon']

/** Parameters decoded the strict way: a plus is a plus. */
const parameters = (url: string) =>
  new Map(
    url
      .slice(url.indexOf('?') + 1)
      .split('&')
      .filter(Boolean)
      .map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]),
  )

describe('networks', () => {
  it('has an address for every channel that is not an act of its own', () => {
    const without = CHANNELS.filter((channel) => !NETWORKS[channel])
    expect(without).to.deep.equal(BY_ACTS)
  })

  for (const channel of CHANNELS.filter((channel) => !BY_ACTS.includes(channel))) {
    it(`hands ${channel} the link and the text intact`, () => {
      const message = { link, text, messengerAppId: '42', mastodonHost: 'mastodon.example' }
      const url = shareUrl(channel, message) ?? ''
      const values = [...parameters(url).values()]
      expect(url).to.match(/^(https:\/\/|mailto:|sms:|viber:)/)
      expect(url).not.to.match(/[\s+<>"]/)
      expect(values.some((value) => value === link || value === `${text} ${link}`)).to.equal(true, url)
      const linkOnly = ['facebook', 'linkedin', 'xing', 'messenger']
      if (!linkOnly.includes(channel)) {
        expect(values.some((value) => value === text || value === `${text} ${link}`)).to.equal(true, url)
      }
    })

    it(`reaches ${channel} without a text and with half a character`, () => {
      const message = { link, messengerAppId: '42', mastodonHost: 'mastodon.example' }
      expect([...parameters(shareUrl(channel, { ...message, text: '' }) ?? '').values()]).to.include(link)
      expect(shareUrl(channel, { ...message, text: 'half \ud83c' })).to.be.a('string')
    })
  }

  it('puts the Mastodon server where the visitor has an account', () => {
    const url = shareUrl('mastodon', { link, text, mastodonHost: 'example.social' }) ?? ''
    expect(new URL(url).origin).to.equal('https://example.social')
  })
})

describe('what a visitor types as a Mastodon server', () => {
  const understood = [
    ['mastodon.social', 'mastodon.social'],
    ['  Mastodon.Social ', 'mastodon.social'],
    ['https://mastodon.social/@me', 'mastodon.social'],
    ['@me@example.social', 'example.social'],
    ['me@example.social', 'example.social'],
    ['例子.中国', 'xn--fsqu00a.xn--fiqs8s'],
    ['localhost:3000.example:8443', undefined],
    ['social.example:8443', 'social.example:8443'],
    ['', undefined],
    ['mastodon', undefined],
    ['javascript:alert(1)', undefined],
    ['my server', undefined],
    ['https://', undefined],
  ] as const
  for (const [typed, host] of understood) {
    it(`reads “${typed}” as ${host ?? 'no server'}`, () => {
      expect(mastodonHost(typed)).to.equal(host)
    })
  }
})
