import type { Deps } from '../deps.ts'
import { type CodeMail, openCode } from './mail-code.ts'

interface Told {
  code: string
  site: string
}

/** The mail in each language: the code comes first, so that it can be read where mails are announced. */
const WORDS: Record<string, (told: Told) => { subject: string; text: string }> = {
  en: ({ code, site }) => ({
    subject: `${code} is your code for ${site}`,
    text: `Your code to sign in to ${site}:

${code}

Type it where you asked for it. It is good for ten minutes, and once.

If you did not ask for it, leave it: nobody gets in without it. Never tell it to anybody.
`,
  }),
  'zh-Hans': ({ code, site }) => ({
    subject: `${code} 是您在 ${site} 的验证码`,
    text: `您登录 ${site} 的验证码：

${code}

请在您索取验证码的页面输入。十分钟内有效，仅可使用一次。

如果这不是您本人的操作，请忽略此邮件：没有验证码，任何人都无法登录。请勿将其告诉他人。
`,
  }),
}

/** A site's name within one line of a header. */
const oneLine = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** Errand: a code of six digits is on its way. */
export async function sendCodeMail(
  { read, mail, secret, now }: Deps,
  site: string,
  body: unknown,
  id: string,
): Promise<void> {
  const asked = body as CodeMail
  const code = await openCode(read, site, asked, { secret: await secret(), now: now() })
  if (code === undefined) return
  const { name } = await read
    .selectFrom('site')
    .select('name')
    .where('site_id', '=', site)
    .executeTakeFirstOrThrow()
  const words = WORDS[asked.lang] ?? WORDS.en
  if (words) await mail.send({ to: asked.mail, id, ...words({ code, site: oneLine(name) }) })
}
