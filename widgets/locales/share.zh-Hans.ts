import type { Catalogue } from '../core/i18n.ts'
import { BRANDS } from './brands.ts'
import type { ShareKey } from './share-more.en.ts'

/** Simplified Chinese texts of `<grapevine-share>`. */
export const shareZhHans = {
  ...BRANDS,
  group: '分享此页面',
  on: '分享到{name}',
  native: '分享',
  copy: '复制链接',
  done: '已复制',
  copied: '链接已复制',
  more: '更多分享方式',
  shares: { other: '{count} 次分享' },
  close: '关闭',
  qr: '二维码',
  scan: '扫一扫打开',
  save: '保存图片',
  link: '复制此链接',
  server: '你的 Mastodon 服务器',
  notServer: '请输入服务器名称，例如 mastodon.social',
  go: '继续',
  linkedin: '领英',
  ok: 'OK',
  weibo: '微博',
  qzone: 'QQ 空间',
  email: '电子邮件',
  sms: '短信',
} satisfies Catalogue<ShareKey>
