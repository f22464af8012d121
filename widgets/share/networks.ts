import type { Channel } from '../../server/contract/channels.ts'
import { encode } from './share-url.ts'
import type { Network } from './usual.ts'

/** The networks that the usual row does without. */
export const MORE_NETWORKS: { [channel in Channel]?: Network } = {
  facebook: ['https://www.facebook.com/sharer/sharer.php?', 'u'],
  linkedin: ['https://www.linkedin.com/sharing/share-offsite/?', 'url'],
  reddit: ['https://www.reddit.com/submit?', 'url', 'title'],
  telegram: ['https://t.me/share/url?', 'url', 'text'],
  threads: ['https://www.threads.com/intent/post?', 'url', 'text'],
  bluesky: ['https://bsky.app/intent/compose?', 'text', 'text'],
  pinterest: ['https://www.pinterest.com/pin/create/button/?', 'url', 'description'],
  tumblr: ['https://www.tumblr.com/widgets/share/tool?', 'canonicalUrl', 'title'],
  vk: ['https://vk.com/share.php?', 'url', 'title'],
  ok: ['https://connect.ok.ru/offer?', 'url', 'title'],
  weibo: ['https://service.weibo.com/share/share.php?', 'url', 'title'],
  qq: ['https://connect.qq.com/widget/shareqq/index.html?', 'url', 'title'],
  qzone: ['https://sns.qzone.qq.com/cgi-bin/qzshare/cgi_qzshare_onekey?', 'url', 'title'],
  line: ['https://social-plugins.line.me/lineit/share?', 'url', 'text'],
  viber: ['viber://forward?', 'text', 'text'],
  xing: ['https://www.xing.com/spi/shares/new?', 'url'],
  hackernews: ['https://news.ycombinator.com/submitlink?', 'u', 't'],
  lobsters: ['https://lobste.rs/stories/new?', 'url', 'title'],
  teams: ['https://teams.microsoft.com/share?', 'href', 'msgText'],
  // `?&` is what both iOS and Android read.
  sms: ['sms:?&', 'body', 'body'],
  messenger: ({ link, messengerAppId = '' }) =>
    `https://www.facebook.com/dialog/send?app_id=${encode(messengerAppId)}&link=${encode(link)}&redirect_uri=${encode(link)}`,
  mastodon: ({ link, text, mastodonHost }) =>
    `https://${mastodonHost}/share?text=${encode(`${text} ${link}`.trim())}`,
}

/** The host in what a visitor typed as their Mastodon server: `example.social`, a profile's URL or `@me@example.social`. */
export function mastodonHost(typed: string): string | undefined {
  const named = typed.trim()
  // Either a web address, or a name that may have an account before it.
  const address = /^https?:\/\//i.test(named) ? named : `https://${named.replace(/^.*@/, '')}`
  if (!URL.canParse(address)) return undefined
  const { host } = new URL(address)
  return /^([a-z0-9-]+\.)+[a-z0-9-]{2,}(:\d+)?$/.test(host) ? host : undefined
}
