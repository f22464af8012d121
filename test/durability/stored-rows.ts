import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

/** A row as it is in the database. */
export type Row = Record<string, string | number | null>

/** Reads rows straight from a database, past the server. */
export async function storedRows(databaseUrl: string, sql: string): Promise<Row[]> {
  if (databaseUrl.startsWith('file:')) {
    const database = new DatabaseSync(databaseUrl.slice('file:'.length), { readOnly: true })
    try {
      return database.prepare(sql).all() as Row[]
    } finally {
      database.close()
    }
  }
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows as Row[]
  } finally {
    await client.end()
  }
}
