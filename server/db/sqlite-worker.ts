import { parentPort, workerData } from 'node:worker_threads'
import { SqliteConnection } from './sqlite.ts'

/** A statement for the worker, and its answer. */
export interface Ask {
  id: number
  sql: string
  parameters: readonly unknown[]
}
export type Answer = { id: number; rows: unknown[] } | { id: number; error: string }

const connection = new SqliteConnection((workerData as { path: string }).path, { readOnly: true })

parentPort?.on('message', ({ id, sql, parameters }: Ask) => {
  let answer: Answer
  try {
    answer = { id, rows: connection.run(sql, parameters).rows }
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) }
  }
  parentPort?.postMessage(answer)
})
