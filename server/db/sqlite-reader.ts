import { Worker } from 'node:worker_threads'
import type { QueryResult } from 'kysely'
import type { SqlRunner } from './sqlite.ts'
import type { Answer, Ask } from './sqlite-worker.ts'

/** Runs reads in a thread of its own, so that a long report holds up neither a write nor the event loop. */
export class SqliteReader implements SqlRunner {
  readonly #path: string
  readonly #open = new Map<
    number,
    { resolve(result: QueryResult<unknown>): void; reject(error: Error): void }
  >()
  #worker: Worker | undefined
  #last = 0

  constructor(path: string) {
    this.#path = path
  }

  run(sql: string, parameters: readonly unknown[]): Promise<QueryResult<unknown>> {
    const ask: Ask = { id: ++this.#last, sql, parameters }
    this.#worker ??= this.#start()
    return new Promise((resolve, reject) => {
      this.#open.set(ask.id, { resolve, reject })
      this.#worker?.postMessage(ask)
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    // Beside this file: TypeScript in the source tree, JavaScript in the bundle.
    const file = import.meta.url.endsWith('.ts') ? './sqlite-worker.ts' : './sqlite-worker.js'
    const worker = new Worker(new URL(file, import.meta.url), { workerData: { path: this.#path } })
    worker.on('message', (answer: Answer) => {
      const asked = this.#open.get(answer.id)
      this.#open.delete(answer.id)
      if ('error' in answer) asked?.reject(new Error(answer.error))
      else asked?.resolve({ rows: answer.rows })
    })
    worker.on('error', (error) => {
      for (const asked of this.#open.values()) asked.reject(error as Error)
      this.#open.clear()
      this.#worker = undefined
    })
    return worker
  }
}
