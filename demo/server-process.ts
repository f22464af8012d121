import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from './listen.ts'

/** A server as a process of its own. */
export interface ServerProcess {
  process: ChildProcess
  /** Asks it to end, and waits until it has. */
  stop: () => Promise<void>
}

/** How a process is started: its environment, and whether what it prints is shown. */
export interface StartOptions {
  env?: NodeJS.ProcessEnv
  output?: 'inherit' | 'ignore'
}

/** Starts `node …args` and waits until it answers at `url`. What it complains of is shown in any case. */
export async function startServer(
  args: string[],
  url: string,
  options: StartOptions = {},
): Promise<ServerProcess> {
  const { env = process.env, output = 'inherit' } = options
  // Ours could not listen there, and another one must not be taken for it.
  if (await answers(url))
    throw new StartError(
      `Port ${new URL(url).port} is taken: stop the server that runs there, or set PORT to another one.`,
    )
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', output, 'inherit'] })
  const ended = once(child, 'exit')
  await Promise.race([
    answering(child, url),
    // It has said itself what is wrong.
    ended.then(() => Promise.reject(new StartError('The server did not start.'))),
  ])
  return {
    process: child,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await answers(url)) return
    await sleep(50)
  }
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(1000) }).catch(() => null)
  await response?.body?.cancel()
  return response?.ok === true
}
