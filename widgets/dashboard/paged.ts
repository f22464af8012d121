import { Report, type ReportHost } from './report.ts'

/** One page of a list, with whatever comes beside it. */
export interface PageOf<Row> {
  data: Row[]
  next: string | null
}

/** Most rows a page may have, by the contract. */
const MOST = 100

/**
 * A report that goes on by cursor. A silent refresh reads again as many rows as are shown, so that a list one has
 * scrolled through neither shrinks nor jumps.
 */
export class PagedReport<Row, P extends PageOf<Row>> extends Report<P> {
  readonly #page: (signal: AbortSignal, limit: number, cursor: string | undefined) => Promise<P>
  readonly #size: number

  constructor(
    host: ReportHost,
    key: () => string,
    page: (signal: AbortSignal, limit: number, cursor: string | undefined) => Promise<P>,
    size = 25,
  ) {
    super(host, key, async (signal, before) =>
      readRows(page, signal, Math.max(size, before?.data.length ?? 0)),
    )
    this.#page = page
    this.#size = size
  }

  /** Reads the next page and puts it below. */
  async more(): Promise<void> {
    await this.extend(async (data, signal) => {
      const page = await this.#page(signal, this.#size, data.next ?? undefined)
      return { ...page, data: [...data.data, ...page.data] }
    })
  }
}

async function readRows<Row, P extends PageOf<Row>>(
  page: (signal: AbortSignal, limit: number, cursor: string | undefined) => Promise<P>,
  signal: AbortSignal,
  wanted: number,
): Promise<P> {
  let all = await page(signal, Math.min(wanted, MOST), undefined)
  while (all.next !== null && all.data.length < wanted) {
    const next = await page(signal, Math.min(wanted - all.data.length, MOST), all.next)
    all = { ...next, data: [...all.data, ...next.data] }
  }
  return all
}
