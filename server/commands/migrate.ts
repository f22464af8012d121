import type { Command } from './command.ts'

export const migrate: Command = {
  usage: 'migrate',
  summary: 'Bring the database up to the newest schema (serve does so by itself)',
  async run(_, { open, print }) {
    await open()
    print('The database is up to date')
  },
}
