import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
const dist = join(import.meta.dirname, '../dist/widgets')

const files = await readdir(dist, { recursive: true })
await Promise.all(
  files
    .filter((file) => /\.(js|html|css|svg)$/.test(file))
    .map(async (file) => {
      const bytes = await readFile(join(dist, file))
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      }
      await writeFile(join(dist, `${file}.br`), await brotli(bytes, { params }))
      await writeFile(join(dist, `${file}.gz`), await zip(bytes, { level: 9 }))
    }),
)
