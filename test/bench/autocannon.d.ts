/** The part of autocannon 9 that is used here; it brings no types of its own. */
declare module 'autocannon' {
  export interface Request {
    method?: 'GET' | 'POST'
    path?: string
    headers?: Record<string, string>
    body?: string
    /** Makes each request anew. */
    setupRequest?: (request: Request) => Request
  }

  export interface Options {
    url: string
    connections: number
    /** Ends after so many answers. */
    amount: number
    /** Seconds until a request counts as unanswered. */
    timeout: number
    requests: Request[]
  }

  export interface Result {
    /** Requests without an answer. */
    errors: number
    statusCodeStats: Record<string, { count: number }>
  }

  /** A run: resolves when it has ended. */
  export interface Run extends Promise<Result> {
    on(event: 'response', listener: () => void): void
  }

  export default function autocannon(options: Options): Run
}
