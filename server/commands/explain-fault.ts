import { ConfigError } from '../config.ts'
import { AppError } from '../errors.ts'
import { UsageError } from './command.ts'

interface SystemFault extends Error {
  code?: string
  errcode?: number
  path?: string
  port?: number
  address?: string
}

/** SQLite's result codes for a database that cannot be opened or written. */
const SQLITE: Record<number, string> = {
  8: 'is read-only',
  10: 'cannot be read or written: the disk reports an error',
  13: 'cannot grow: the disk is full',
  14: 'cannot be opened: is its folder there and writable?',
  26: 'is no SQLite database',
}

/** What somebody at the terminal should do about a fault; undefined for a bug of ours. */
export function explainFault(error: unknown): string | undefined {
  if (error instanceof UsageError || error instanceof ConfigError) return error.message
  if (error instanceof AppError) return error.field ? `${error.field}: ${error.message}` : error.message
  const { code, errcode, path, port, address, message } = error as SystemFault
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${address} is taken. Stop what runs there, or choose another: PORT=${((port ?? 8787) % 60_000) + 10} npm start`
  }
  if (code === 'EADDRNOTAVAIL')
    return `There is no address ${address} on this machine: set HOST to one of its own`
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} needs privileges: choose one above 1023 with PORT`
  if (
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    code === 'ENOTDIR' ||
    code === 'ENOENT' ||
    code === 'EEXIST'
  ) {
    return `${path ?? 'The folder'} cannot be written. Make it writable, or put the database elsewhere: DATABASE_URL=file:/path/grapevine.db`
  }
  if (code === 'ERR_SQLITE_ERROR' && errcode !== undefined && SQLITE[errcode & 0xff]) {
    return `The database ${SQLITE[errcode & 0xff]} (DATABASE_URL says where it is)`
  }
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || /^(28|3D)/.test(code ?? '')) {
    return `The database does not answer: ${message || code}. Check DATABASE_URL`
  }
  return undefined
}
