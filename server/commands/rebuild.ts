import { rebuildSite } from '../reports/rebuild.ts'
import { listSites } from '../sites/list-sites.ts'
import { type Command, UsageError } from './command.ts'

export const rebuild: Command = {
  usage: 'rebuild [SITE] [--json]',
  summary: 'Count every number of every site (or one) anew from the raw rows, and mend what differs',
  options: { json: { type: 'boolean' } },
  optionHelp: { '--json': 'For programs' },
  async run({ arguments: [wanted], options }, { open, print }) {
    const { read, write } = await open()
    const sites = (await listSites(read)).filter(
      ({ id, name }) => wanted === undefined || id === wanted || name === wanted,
    )
    if (wanted !== undefined && sites.length === 0) throw new UsageError(`No site ${wanted}`)
    const mended: Record<string, Record<string, number>> = {}
    for (const { id } of sites) mended[id] = await write((work) => rebuildSite(work, id))
    if (options.json) return print(JSON.stringify(mended))
    for (const { id, name } of sites) {
      const rows = Object.values(mended[id] ?? {}).reduce((sum, count) => sum + count, 0)
      print(`${id}  ${name}: ${rows === 0 ? 'no number changed' : `${rows} rows mended`}`)
    }
  },
}
