import { createTransport } from 'nodemailer'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

/** One mail to one address. */
export interface Mail {
  to: string
  subject: string
  text: string
  html?: string
  /** Makes the mail's Message-ID, so that a mail handed over twice is known as one. */
  id?: string
  /** The address that takes somebody off the list (RFC 8058), where there is a list. */
  unsubscribe?: string
}

export interface Mailer {
  /** Resolves once the mail server has taken the mail. Never called within a transaction. */
  send(mail: Mail): Promise<void>
  close(): void
}

/** How long the mail server may take, in ms. */
const TIMEOUT_MS = 10_000

/** Hands mail over by SMTP; without a server it is printed to the log, so that a code can be read there. */
export function openMailer({ smtpUrl, mailFrom, publicUrl }: Config, log: Log): Mailer {
  if (smtpUrl === undefined) {
    return {
      send: async ({ to, subject, text }) =>
        log.info('mail, not sent: there is no SMTP_URL', { to, subject, text }),
      close() {},
    }
  }
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const host = new URL(publicUrl).hostname
  return {
    async send({ to, subject, text, html, id, unsubscribe }) {
      try {
        await transport.sendMail({
          from: mailFrom,
          // An object, so that nothing in the address is read as a second one.
          to: { name: '', address: to },
          subject,
          text,
          ...(html === undefined ? {} : { html }),
          ...(id === undefined ? {} : { messageId: `<${id}@${host}>` }),
          ...(unsubscribe === undefined
            ? {}
            : {
                headers: {
                  'List-Unsubscribe': `<${unsubscribe}>`,
                  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
                },
              }),
        })
      } catch (error) {
        if (!isRefusedForGood(error)) throw error
        log.warn('mail refused for good', { error: error.message })
      }
    },
    close: () => transport.close(),
  }
}

/** Whether a mail server will never take a mail to this address (RFC 5321 §4.2.1): trying again would not help. */
const isRefusedForGood = (error: unknown): error is Error =>
  error instanceof Error &&
  (error as { code?: string }).code === 'EENVELOPE' &&
  ((error as { responseCode?: number }).responseCode ?? 0) >= 500
