import { basename, dirname, join } from 'node:path'
import { CascadeFileError } from '../replay/cascade.ts'
import { describeReplay, drawProgress } from '../replay/progress.ts'
import { replayCascades } from '../replay/replay-cascades.ts'
import { ServerCallError } from '../replay/server-calls.ts'
import { createSite } from '../sites/create-site.ts'
import { type Command, UsageError } from './command.ts'

const ORIGIN = 'https://cascades.example'

export const replay: Command = {
  usage: 'replay FILE [--server URL] [--json]',
  summary: 'Drive a file of real cascades through the HTTP API of a running server, on a site of its own',
  options: { server: { type: 'string' }, json: { type: 'boolean' } },
  optionHelp: { '--server URL': 'Where the server runs; PUBLIC_URL otherwise', '--json': 'For programs' },
  async run({ arguments: [file], options }, { open, print }) {
    if (file === undefined) throw new UsageError('Say which FILE to replay')
    const { config, write } = await open()
    const database = config.databaseUrl.startsWith('file:')
      ? dirname(config.databaseUrl.slice('file:'.length))
      : 'data'
    try {
      const replayed = await replayCascades({
        file,
        server: (options.server as string | undefined) ?? config.publicUrl,
        stateFolder: join(database, 'replays'),
        onProgress: drawProgress(process.stderr),
        async makeSite() {
          const { id, secretKey } = await write((work) =>
            createSite(work, { name: `Replay of ${basename(file).slice(0, 80)}`, origins: [ORIGIN] }),
          )
          return { id, secretKey, origin: ORIGIN }
        },
      })
      print(options.json ? JSON.stringify(replayed) : describeReplay(replayed))
      if (!options.json) print(`\nSee it: grapevine dashboard ${replayed.site}`)
    } catch (error) {
      if (error instanceof CascadeFileError || error instanceof ServerCallError)
        throw new UsageError(error.message)
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(`There is no file ${file}`)
      throw error
    }
  },
}
