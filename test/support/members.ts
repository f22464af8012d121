import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { Me } from '../../server/contract/people.ts'
import type { SignedIn } from '../../server/contract/sign-in.ts'
import { openMailer } from '../../server/mail.ts'
import { type Bench, newToken, type TestSite } from './databases.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'

/** A real mail server that a bench sends to for as long as its tests run. */
export function withMailbox(bench: Bench): { readonly box: Mailbox } {
  const held = {} as { box: Mailbox }
  before(async () => {
    held.box = await openMailbox()
    const { mailFrom, publicUrl } = bench.deps.config
    const quiet = { info() {}, warn() {}, error: console.error }
    bench.deps.mail = openMailer({ ...bench.deps.config, smtpUrl: held.box.url, mailFrom, publicUrl }, quiet)
  })
  after(async () => {
    bench.deps.mail.close()
    await held.box.close()
  })
  return held
}

let made = 0
/** An address that nobody has had before. */
export const newAddress = (): string => `member${++made}@example.com`

/** A browser on a site's pages that can sign in; `token` is the one it keeps by now. */
export function browser(bench: Bench, site: TestSite, token: string | undefined = newToken()) {
  const self = {
    token,
    ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      return bench.request(path, {
        method,
        headers: {
          'content-type': 'application/json',
          origin: site.origins[0] ?? '',
          'x-grapevine-site': site.publishableKey,
          ...(self.token ? { authorization: `Bearer ${self.token}` } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    },
    async me(): Promise<Me> {
      const response = await self.ask('GET', '/v1/me')
      assert.equal(response.status, 200, await response.clone().text())
      return (await response.json()) as Me
    },
    async call(name: string): Promise<Me> {
      const response = await self.ask('PATCH', '/v1/me', { name })
      assert.equal(response.status, 200, await response.clone().text())
      return (await response.json()) as Me
    },
    /** Keeps the token that an answer brings. */
    async signedIn(response: Response | Promise<Response>): Promise<SignedIn> {
      const answer = await response
      assert.equal(answer.status, 200, await answer.clone().text())
      const signed = (await answer.json()) as SignedIn
      self.token = signed.token
      return signed
    },
    /** Signs in by a code that is read out of the mail. */
    async byMail({ box }: { box: Mailbox }, mail: string): Promise<SignedIn> {
      assert.equal((await self.ask('POST', '/v1/sign-in/mail', { mail })).status, 202)
      await bench.settle()
      return self.signedIn(self.ask('POST', '/v1/sign-in/mail/code', { mail, code: codeIn(box, mail) }))
    },
  }
  return self
}
export type Browser = ReturnType<typeof browser>

/** The code in the latest mail to an address. */
export function codeIn(box: Mailbox, mail: string): string {
  const [code] = /\d{6}/.exec(box.to(mail).at(-1)?.text ?? '') ?? []
  assert.ok(code, `No code came to ${mail}`)
  return code
}
