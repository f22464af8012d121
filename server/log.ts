/** JSON lines on stderr: stdout belongs to what a command prints. */
export interface Log {
  info(message: string, facts?: Record<string, unknown>): void
  warn(message: string, facts?: Record<string, unknown>): void
  error(message: string, facts?: Record<string, unknown>): void
}

/** Logs to a stream, one JSON object a line. */
export const jsonLog = (write: (line: string) => void): Log => {
  const at =
    (level: string) =>
    (message: string, facts: Record<string, unknown> = {}) =>
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...facts })}\n`)
  return { info: at('info'), warn: at('warn'), error: at('error') }
}
