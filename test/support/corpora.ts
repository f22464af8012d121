import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../shared/corpora', import.meta.url))

/** What a test over test material by others says where that is missing; false where it is there. */
export const withoutCorpora: string | false = existsSync(folder) ? false : `${folder} is not there`

/** The bytes of a file of the corpora. */
export const corpusBytes = (path: string): Buffer<ArrayBuffer> =>
  readFileSync(join(folder, path)) as Buffer<ArrayBuffer>
export const corpusText = (path: string): string => corpusBytes(path).toString()
export const corpusFiles = (path: string): string[] => readdirSync(join(folder, path))
