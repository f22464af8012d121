import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Command, UsageError } from './commands/command.ts'
import { dashboard } from './commands/dashboard.ts'
import { explainFault } from './commands/explain-fault.ts'
import { migrate } from './commands/migrate.ts'
import { rebuild } from './commands/rebuild.ts'
import { replay } from './commands/replay.ts'
import { serve } from './commands/serve.ts'
import { siteCreate, siteList } from './commands/site.ts'
import { verify } from './commands/verify.ts'
import { type Deps, openDeps } from './deps.ts'
import { environmentConfig, log } from './main.ts'

const COMMANDS = [serve, migrate, siteCreate, siteList, dashboard, rebuild, replay, verify]

const print = (line: string) => void process.stdout.write(`${line}\n`)

/** The words that name a command: those of its usage in lower case. */
const wordsOf = ({ usage }: Command) => usage.split(' ').filter((word) => /^[a-z]+$/.test(word))

const helpOf = ({ usage, summary, optionHelp = {} }: Command) =>
  [
    `grapevine ${usage}`,
    '',
    summary,
    ...Object.entries(optionHelp).map(([option, help]) => `  ${option.padEnd(16)}${help}`),
  ].join('\n')

const overview = () =>
  ['Grapevine records who passed a page to whom, and who deserves the credit.', '']
    .concat(COMMANDS.map(({ usage, summary }) => `  grapevine ${usage}\n      ${summary}`))
    .concat('', 'grapevine COMMAND --help tells more.')
    .join('\n')

async function run(words: string[]): Promise<void> {
  const command = COMMANDS.find((candidate) =>
    wordsOf(candidate).every((word, index) => words[index] === word),
  )
  if (!command) {
    if (words.length === 0 || words.includes('--help') || words[0] === 'help') return print(overview())
    throw new UsageError(`There is no command ${words.join(' ')}.\n\n${overview()}`)
  }
  const options: ParseArgsConfig['options'] = { ...command.options, help: { type: 'boolean', short: 'h' } }
  const { values, positionals } = parse(command, words, options)
  if (values.help) return print(helpOf(command))
  let deps: Deps | undefined
  const open = async () => {
    deps ??= await openDeps(environmentConfig(), log)
    return deps
  }
  try {
    const asked = { arguments: positionals, options: values as Record<string, string> }
    await command.run(asked, { print, open, config: () => environmentConfig() })
  } finally {
    await deps?.close()
  }
}

function parse(command: Command, words: string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: words.slice(wordsOf(command).length), options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${helpOf(command)}`)
  }
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  const explanation = explainFault(error)
  process.stderr.write(`${explanation ?? (error instanceof Error ? error.stack : String(error))}\n`)
  // At once: a refused replay may still have requests under way.
  process.exit(1)
}
