import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new secret for a link, led by its site: whoever follows it says no more. */
export const newToken = (site: string): string => `${site}.${randomBytes(24).toString('base64url')}`

/** The address of a page of ours that a link in a mail leads to. */
export const linkTo = (publicUrl: string, page: 'confirm' | 'stop', token: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/mail/${page}?token=${token}`

/** Whom a link takes off the list. */
export interface Stop {
  site: string
  person: string
}

const sign = (secret: string, { site, person }: Stop, mail: string): string =>
  createHmac('sha256', secret).update(`stop mail\n${site}\n${person}\n${mail}`).digest('base64url')

/** What takes an address off the list: good for as long as it is the person's, and kept nowhere. */
export const stopToken = (secret: string, who: Stop, mail: string): string =>
  `${who.site}.${who.person}.${sign(secret, who, mail)}`

/** Whom a token speaks of; whether it is one of ours is told by their address. */
export function readStop(token: string): Stop | undefined {
  const [, site, person] = /^([\w-]{1,64})\.([\w-]{1,64})\.[\w-]{43}$/.exec(token) ?? []
  return site === undefined || person === undefined ? undefined : { site, person }
}

/** Whether a token takes this address off the list. */
export function stops(secret: string, token: string, who: Stop, mail: string): boolean {
  const [given, right] = [Buffer.from(token), Buffer.from(stopToken(secret, who, mail))]
  return given.length === right.length && timingSafeEqual(given, right)
}
