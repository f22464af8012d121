import { adopt, type Item } from './queue.ts'
import { local, prefix, storageAllowed } from './storage.ts'

/** Takes over what earlier pages could not deliver, in its order. Idempotency keys make a second delivery harmless. */
export function resumeQueue(): void {
  const start = `${prefix()}queue:`
  const stored = storageAllowed() ? Object.entries(local() ?? {}) : []
  const items = stored.filter(([key]) => key.startsWith(start)).flatMap(([, value]) => read(value))
  adopt(items.sort((a, b) => a.at - b.at))
}

/** The page can write there too: what cannot be read is left out. */
function read(value: string): Item[] {
  try {
    return [JSON.parse(value)]
  } catch {
    return []
  }
}
