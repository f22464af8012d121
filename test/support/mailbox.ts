import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail as a mail server took it. */
export interface Received {
  to: string[]
  /** Header fields by their names in small letters, unfolded. */
  headers: Map<string, string>
  subject: string
  /** The plain text. */
  text: string
  raw: string
}

/** A real mail server that keeps what it is handed. */
export interface Mailbox {
  /** For `SMTP_URL`. */
  url: string
  mails: Received[]
  /** Mails to one address, oldest first. */
  to(address: string): Received[]
  close(): Promise<void>
}

/** Starts a mail server on a free port of this machine. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        mails.push({ to, ...readMail(Buffer.concat(chunks).toString()) })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    to: (address) => mails.filter(({ to }) => to.includes(address)),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

function readMail(raw: string): Omit<Received, 'to'> {
  const { headers, body } = splitPart(raw)
  const subject = (headers.get('subject') ?? '')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      decoded(kind.toLowerCase() === 'b' ? 'base64' : 'quoted-printable', text.replaceAll('_', ' ')),
    )
  return { headers, subject, text: plainText(headers, body), raw }
}

function splitPart(part: string): { headers: Map<string, string>; body: string } {
  const [head = '', ...rest] = part.split('\r\n\r\n')
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = new Map(
    fields.map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const
    }),
  )
  return { headers, body: rest.join('\r\n\r\n') }
}

function plainText(headers: Map<string, string>, body: string): string {
  const type = headers.get('content-type') ?? 'text/plain'
  const [, boundary] = /boundary="?([^";]+)"?/.exec(type) ?? []
  if (!boundary)
    return decoded(headers.get('content-transfer-encoding') ?? '7bit', body).replaceAll('\r\n', '\n')
  const parts = body.split(`--${boundary}`).slice(1, -1)
  const inner = parts.map((part) => splitPart(part.replace(/^\r\n/, '')))
  const plain = inner.find((part) => /^(text\/plain|multipart)/.test(part.headers.get('content-type') ?? ''))
  return plain ? plainText(plain.headers, plain.body) : ''
}

function decoded(encoding: string, text: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString()
  if (encoding !== 'quoted-printable') return text
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
