import { z } from 'zod'

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number')
  .transform(Number)
  .refine((n) => n <= 65535, 'is more than 65535')

const Environment = z.object({
  PORT: port.default(8787),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' }).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'is neither file:PATH nor postgres://…')
    .default('file:./data/grapevine.db'),
  TRUST_PROXY: z
    .string()
    .regex(/^\d{1,2}$/, 'is not a number of trusted proxies')
    .transform(Number)
    .default(0),
  RATE_LIMIT: z.enum(['on', 'off'], 'is neither on nor off').default('on'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'is not an smtp(s) URL' }).optional(),
  MAIL_FROM: z.string().min(3).max(320).default('Grapevine <no-reply@localhost>'),
  OUTBOUND_PRIVATE: z.enum(['on', 'off'], 'is neither on nor off').default('off'),
  SECRET: z.string().min(32, 'has fewer than 32 characters').optional(),
})

/** What the environment decides. */
export interface Config {
  port: number
  host: string
  /** The server's own origin and path as the outside sees it, without a slash at the end. */
  publicUrl: string
  /** `file:PATH` or `postgres://…` */
  databaseUrl: string
  /** How many proxies in front of the server are ours. */
  trustProxy: number
  rateLimit: boolean
  /** Where mail is handed over; printed to the log where it is not given. */
  smtpUrl?: string
  /** Who mail comes from, as a mail header names them. */
  mailFrom: string
  /** Whether what owners configure to be called may be on a private or loopback address: for development. */
  outboundPrivate: boolean
  /** What signatures are made from; made and kept by the server where it is not given. */
  secret?: string
}

/** Reads the configuration; throws one error that lists every fault. An empty variable counts as absent. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))
  }
  const { PORT, HOST, PUBLIC_URL, DATABASE_URL, TRUST_PROXY, RATE_LIMIT, SECRET, SMTP_URL } = parsed.data
  return {
    port: PORT,
    host: HOST,
    publicUrl: (PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, ''),
    databaseUrl: DATABASE_URL,
    trustProxy: TRUST_PROXY,
    rateLimit: RATE_LIMIT === 'on',
    mailFrom: parsed.data.MAIL_FROM,
    outboundPrivate: parsed.data.OUTBOUND_PRIVATE === 'on',
    ...(SMTP_URL === undefined ? {} : { smtpUrl: SMTP_URL }),
    ...(SECRET === undefined ? {} : { secret: SECRET }),
  }
}

/** Faults of the environment, one a line. */
export class ConfigError extends Error {
  constructor(faults: string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}
