import { createSite } from '../sites/create-site.ts'
import { listSites } from '../sites/list-sites.ts'
import { type Command, UsageError } from './command.ts'

export const siteCreate: Command = {
  usage: 'site create NAME --origin URL… [--json]',
  summary: 'Make a site; prints its id and both keys, the secret one for the only time',
  options: { origin: { type: 'string', multiple: true }, json: { type: 'boolean' } },
  optionHelp: {
    '--origin URL': 'Where its pages are, as in https://example.com; may be given again',
    '--json': 'For programs',
  },
  async run({ arguments: [name, ...more], options }, { open, print }) {
    const origins = options.origin as string[] | undefined
    if (name === undefined || more.length > 0)
      throw new UsageError('A site takes one NAME; quote it if it has spaces')
    if (!origins) throw new UsageError('Say where the pages of the site are: --origin https://example.com')
    const { write } = await open()
    const site = await write((work) => createSite(work, { name, origins }))
    const { id, publishableKey, secretKey } = site
    if (options.json)
      return print(JSON.stringify({ id, name: site.name, origins: site.origins, publishableKey, secretKey }))
    print(`Site             ${site.name}`)
    print(`Id               ${id}`)
    print(`Publishable key  ${publishableKey}   (goes into the page)`)
    print(`Secret key       ${secretKey}   (keep it on your server: it is not shown again)`)
  },
}

export const siteList: Command = {
  usage: 'site list [--json]',
  summary: 'List the sites of this server',
  options: { json: { type: 'boolean' } },
  optionHelp: { '--json': 'For programs' },
  async run({ options }, { open, print }) {
    const { read } = await open()
    const sites = await listSites(read)
    if (options.json) {
      const data = sites.map(({ createdAt, ...site }) => ({
        ...site,
        createdAt: new Date(createdAt).toISOString(),
      }))
      return print(JSON.stringify(data))
    }
    if (sites.length === 0) print('No sites yet: grapevine site create NAME --origin URL')
    for (const { id, name, publishableKey, origins } of sites)
      print(`${id}  ${publishableKey}  ${name}  ${origins.join(' ')}`)
  },
}
