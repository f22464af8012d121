import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

/** Domains that hand out mailboxes to throw away, and those of which every subdomain does. */
interface Lists {
  exact: ReadonlySet<string>
  wild: ReadonlySet<string>
}

let lists: Lists | undefined

/** Read at the first address: 120,000 names that most sites never need. */
const known = (): Lists => {
  lists ??= {
    exact: new Set(load('disposable-email-domains') as string[]),
    wild: new Set(load('disposable-email-domains/wildcard.json') as string[]),
  }
  return lists
}

/** Whether a mail address is of a service for mailboxes that are thrown away. */
export function isDisposable(mail: string): boolean {
  const domain = mail.trim().toLowerCase().split('@').at(-1) ?? ''
  const labels = domain.split('.')
  const { exact, wild } = known()
  return exact.has(domain) || labels.some((_, from) => wild.has(labels.slice(from).join('.')))
}
