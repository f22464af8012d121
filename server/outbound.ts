import { lookup } from 'node:dns/promises'
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, isIPv4, isIPv6, type LookupFunction } from 'node:net'
import type { Deps } from './deps.ts'

/** Why a URL that an owner configured could not be called. */
export type OutboundFault = 'url' | 'address' | 'unreachable' | 'timeout' | 'too_large'

/** A call to a configured URL that came to nothing. The message may be shown to the owner. */
export class OutboundError extends Error {
  readonly fault: OutboundFault

  constructor(fault: OutboundFault, message: string) {
    super(message)
    this.name = 'OutboundError'
    this.fault = fault
  }
}

/** What is sent, and how much time and answer is allowed. */
export interface Outgoing {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** For all of it, from the name's look-up to the last byte. */
  timeoutMs?: number
  /** A longer answer is an error. */
  maxBytes?: number
}

/** What came back, whatever its status; redirects are answers like any other. */
export interface Incoming {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

const TIMEOUT_MS = 5_000
const MAX_BYTES = 64 * 1024

/** What is not reached over the internet, or leads on to somewhere else: IANA's special-purpose registries (RFC 6890). */
const SPECIAL = {
  ipv4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.31.196.0/24',
    '192.52.193.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '192.175.48.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  // Within 2000::/3: protocol assignments with Teredo, documentation, 6to4, AS112.
  ipv6: ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'],
}

function listOf(family: 'ipv4' | 'ipv6', networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

const special4 = listOf('ipv4', SPECIAL.ipv4)
const special6 = listOf('ipv6', SPECIAL.ipv6)
/** All that is handed out as global unicast (RFC 4291): neither mapped IPv4, NAT64, ULA, link-local nor multicast is in it. */
const global6 = listOf('ipv6', ['2000::/3'])

/** Whether an IP address is one of the internet's own, for one receiver: what servers of others can have. */
export function isGlobalUnicast(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address, 'ipv4')
  if (!isIPv6(address) || address.includes('%')) return false
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6')
}

/** Names that never leave the machine or its network (RFC 6761, 6762, 9476). */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|alt|onion)\.?$/i

type Configured = { config: Pick<Deps['config'], 'outboundPrivate'> }

/** Reads a URL that may be called, as far as that can be told without asking for its name; throws an OutboundError. */
export function checkOutbound({ config }: Configured, text: string): URL {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) throw new OutboundError('url', 'is not an http(s) URL')
  if (url.username || url.password) throw new OutboundError('url', 'carries a user name or password')
  const host = hostOf(url)
  if (config.outboundPrivate) return url
  if (isIP(host) ? !isGlobalUnicast(host) : LOCAL_NAME.test(host))
    throw new OutboundError('address', 'is not on the internet')
  return url
}

/** A URL's host; addresses, however they were spelled, are in one form by then. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

interface Address {
  address: string
  family: number
}

/** All addresses that a name has now. */
const lookUpName = (host: string): Promise<Address[]> => lookup(host, { all: true })

/**
 * Calls a URL that an owner configured: only on the internet, at an address that was looked up once and is then kept to,
 * following nothing, within a time and a size. Throws an OutboundError.
 */
export async function fetchOutbound(
  deps: Configured,
  text: string,
  outgoing: Outgoing = {},
  lookUp = lookUpName,
): Promise<Incoming> {
  const url = checkOutbound(deps, text)
  const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = outgoing
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const addresses = await withinTime(signal, addressesOf(deps, hostOf(url), lookUp))
    const response = await send(url, addresses, outgoing, signal)
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: await readUpTo(response, maxBytes),
    }
  } catch (error) {
    if (signal.aborted) throw new OutboundError('timeout', `did not answer within ${timeoutMs} ms`)
    if (error instanceof OutboundError) throw error
    throw new OutboundError('unreachable', `could not be reached: ${reasonOf(error)}`)
  }
}

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message
}

async function addressesOf(
  { config }: Configured,
  host: string,
  lookUp: typeof lookUpName,
): Promise<Address[]> {
  const literal = isIP(host)
  const all = literal ? [{ address: host, family: literal }] : await lookUp(host)
  const usable = config.outboundPrivate ? all : all.filter(({ address }) => isGlobalUnicast(address))
  if (usable.length === 0) throw new OutboundError('address', 'is not on the internet')
  return usable
}

/** A name's look-up cannot be stopped; one that takes too long is no longer waited for. */
const withinTime = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })

function send(
  url: URL,
  addresses: Address[],
  { method = 'GET', headers = {}, body }: Outgoing,
  signal: AbortSignal,
) {
  const pinned: LookupFunction = (_host, { all }, tell) => {
    const [first] = addresses as [Address]
    if (all) tell(null, addresses)
    else tell(null, first.address, first.family)
  }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const ask = url.protocol === 'https:' ? requestHttps : requestHttp
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    ask(
      url,
      {
        method,
        // Of its own: a connection that was kept open was perhaps made to another address.
        agent: false,
        lookup: pinned,
        signal,
        headers: { 'user-agent': 'Grapevine', 'accept-encoding': 'identity', ...headers, ...length },
      },
      resolve,
    )
      .on('error', reject)
      .end(body)
  })
}

async function readUpTo(response: IncomingMessage, most: number): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length
    if (length > most) {
      response.destroy()
      throw new OutboundError('too_large', `answers more than ${most} bytes`)
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
