import { existsSync } from 'node:fs'
import { demoPort } from './listen.ts'

/** Where server and demo run together. */
export interface Settings {
  /** The server as browsers reach it. */
  server: string
  /** The server as this machine reaches it. */
  local: string
  /** The demo's origin: 127.0.0.1 where the server is localhost, so that the two are different sites. */
  origin: string
}

/** Reads the environment, and `.env` as the server does. Throws StartError on a port that is none. */
export function readSettings(): Settings {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { PORT, HOST, PUBLIC_URL, DEMO_PORT } = process.env
  const host = !HOST || HOST === '0.0.0.0' || HOST === '::' || HOST === '127.0.0.1' ? 'localhost' : HOST
  const local = `http://${host.includes(':') ? `[${host}]` : host}:${PORT || 8787}`
  return {
    server: (PUBLIC_URL || `http://localhost:${PORT || 8787}`).replace(/\/+$/, ''),
    local,
    origin: `http://127.0.0.1:${demoPort(DEMO_PORT)}`,
  }
}
