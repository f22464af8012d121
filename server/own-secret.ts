import { randomBytes } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'
import type { Config } from './config.ts'
import type { Db } from './db/open.ts'

/**
 * This installation's secret: the configured one, else one that is made once and kept: in a file beside the embedded
 * database, or in a row of a PostgreSQL that several servers share.
 */
export function ownSecret(config: Config, write: Db['write']): () => Promise<string> {
  let known: string | undefined
  return async () => {
    known ??= config.secret ?? (await keptSecret(config.databaseUrl, write))
    return known
  }
}

async function keptSecret(databaseUrl: string, write: Db['write']): Promise<string> {
  const file = secretFile(databaseUrl)
  return file === undefined ? keepInDatabase(write) : ((await readSecret(file)) ?? keepInFile(file))
}

/** The secret as far as it can be known without a database server: configured, or in the file beside the database. */
export async function secretAtHand({ secret, databaseUrl }: Config): Promise<string | undefined> {
  const file = secretFile(databaseUrl)
  return secret ?? (file === undefined ? undefined : readSecret(file))
}

const secretFile = (databaseUrl: string): string | undefined =>
  databaseUrl.startsWith('file:') ? `${databaseUrl.slice('file:'.length)}.secret` : undefined

const newSecret = () => randomBytes(32).toString('base64url')

async function readSecret(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Written aside, then linked to its name: whoever reads it reads all of it, and of two makers one wins. */
async function keepInFile(file: string): Promise<string> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  const written = await open(aside, 'wx', 0o600)
  try {
    await written.writeFile(`${newSecret()}\n`)
    await written.sync()
    await link(aside, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await written.close()
    await rm(aside)
  }
  return (await readSecret(file)) as string
}

const NAME = 'SECRET'

const keepInDatabase = (write: Db['write']) =>
  write(async ({ db }) => {
    const kept = db.selectFrom('server_secret').select('secret').where('name', '=', NAME)
    const known = await kept.executeTakeFirst()
    if (known) return known.secret
    await db
      .insertInto('server_secret')
      .values({ name: NAME, secret: newSecret() })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
    return (await kept.executeTakeFirstOrThrow()).secret
  })
