import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The site that cascades are replayed to. */
export interface ReplaySite {
  id: string
  secretKey: string
  /** One of its origins: every cascade is a page there. */
  origin: string
}

/** How far the replay of one file has come. */
export interface ReplayState {
  site: ReplaySite
  /** Leading cascades that are finished. */
  done: number
}

/** Where an interrupted replay is remembered: a small file for each replayed file, readable by its owner only. */
export interface StateFile {
  read: () => ReplayState | null
  save: (state: ReplayState) => void
  remove: () => void
}

/** Opens the state of the file with this digest. Nothing is written before the first save. */
export function openState(folder: string, digest: string): StateFile {
  const path = join(folder, `replay-${digest.slice(0, 16)}.json`)
  return {
    read() {
      try {
        return parse(readFileSync(path, 'utf8'))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    save(state) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
    remove: () => rmSync(path, { force: true }),
  }
}

// A state that makes no sense means only that the replay begins again.
function parse(text: string): ReplayState | null {
  try {
    const { site, done } = JSON.parse(text) as Partial<ReplayState>
    return site?.id && site.secretKey && site.origin && Number.isInteger(done)
      ? { site, done: Number(done) }
      : null
  } catch {
    return null
  }
}
