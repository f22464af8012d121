import type { ParseArgsOptionsConfig } from 'node:util'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'

/** What a command was asked for. */
export interface Asked {
  arguments: string[]
  options: Record<string, string | boolean | string[] | undefined>
}

/** What a command runs with. */
export interface Terminal {
  print(line: string): void
  /** What the environment decides, for what needs no database. */
  config(): Config
  /** Opens the database, migrated; closed when the command ends. */
  open(): Promise<Deps>
}

/** One command of the command line. */
export interface Command {
  /** What is typed after `grapevine`, with its arguments. */
  usage: string
  summary: string
  options?: ParseArgsOptionsConfig
  /** One line an option. */
  optionHelp?: Record<string, string>
  run(asked: Asked, terminal: Terminal): Promise<void>
}

/** A fault of whoever typed: told in one line, with no stack. */
export class UsageError extends Error {}
