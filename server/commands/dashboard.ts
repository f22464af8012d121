import { listSites } from '../sites/list-sites.ts'
import { issueSignInLink } from '../sites/sign-in-owner.ts'
import { type Command, UsageError } from './command.ts'

export const dashboard: Command = {
  usage: 'dashboard [SITE]',
  summary: 'Print a link that signs the owner of a site in to its dashboard, once, within an hour',
  async run({ arguments: [wanted] }, { open, print }) {
    const { read, write, config } = await open()
    const sites = await listSites(read)
    const site =
      wanted === undefined && sites.length === 1
        ? sites[0]
        : sites.find(({ id, name }) => id === wanted || name === wanted)
    if (!site) {
      const known = sites.map(({ id, name }) => `${id} (${name})`).join(', ') || 'there is none yet'
      throw new UsageError(`${wanted === undefined ? 'Say which site' : `No site ${wanted}`}: ${known}`)
    }
    const token = await write((work) => issueSignInLink(work, site.id))
    print(`${config.publicUrl}/dashboard#sign-in=${token}`)
  },
}
