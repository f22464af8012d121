import { type CascadeFile, CascadeFileError } from './cascade.ts'
import { readTwitter } from './read-twitter.ts'
import { readWeibo } from './read-weibo.ts'

/**
 * Reads a cascade file of either format: `child,parent,cascade,generation` lines (Twitter), or
 * `id, author, unix time, participants, a/b/c:seconds …` in tab-separated lines (Weibo).
 * Throws CascadeFileError at the first line it cannot read.
 */
export function readCascades(text: string): CascadeFile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ text: line.trim(), number: index + 1 }))
    .filter((line) => line.text !== '')
  const [first] = lines
  if (!first) throw new CascadeFileError(1, 'the file has no cascades')
  const file = first.text.includes('\t') ? readWeibo(lines) : readTwitter(lines)
  if (file.cascades.length === 0) throw new CascadeFileError(first.number, 'the file has no cascades')
  return file
}
