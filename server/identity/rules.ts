/** Mail services that ignore dots in the name, and under which other domain they are known. */
const DOTLESS: Record<string, string> = { 'gmail.com': 'gmail.com', 'googlemail.com': 'gmail.com' }

/** A mail address as its mailbox is known, whatever is written: one spelling of case, no tag, no dots that do not count. */
export function mailbox(text: string): string | undefined {
  const [, name = '', domain = ''] = /^([^\s@]+)@([^\s@]+\.[^\s@.]+)$/.exec(text.trim().toLowerCase()) ?? []
  const untagged = name.replace(/(?<=.)\+.*$/, '')
  const service = DOTLESS[domain]
  if (!untagged) return undefined
  return service ? `${untagged.replaceAll('.', '')}@${service}` : `${untagged}@${domain}`
}

/**
 * A mail address as who signs in by it is known: by its mailbox where the service is known to have but one for all
 * spellings. Elsewhere `ann+x@` may be somebody else than `ann@`, and only letters of ASCII are the same in capitals.
 */
export function mailAccount(text: string): string | undefined {
  const known = mailbox(text)
  const isOne = known !== undefined && known.slice(known.lastIndexOf('@') + 1) in DOTLESS
  return known && !isOne ? text.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : known
}

/** A payout address in one spelling: a mailbox, or an account number without its spaces and dashes, in capitals. */
export const payoutIdentity = (text: string): string =>
  mailbox(text) ?? text.replace(/[\s\u00a0-]/gu, '').toUpperCase()
