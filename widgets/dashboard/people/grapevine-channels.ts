import { html, type TemplateResult } from 'lit'
import type { ChannelsReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { TOP_SORTS } from '../choices.ts'
import { PagedReport } from '../paged.ts'
import { further } from '../parts/further.ts'
import { channelName } from '../parts/pieces.ts'
import { scriptTag } from '../parts/script-tag.ts'
import { shown } from '../parts/states.ts'
import { tables } from '../parts/table.styles.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { topStyles } from './top-table.styles.ts'
import { topTable } from './top-table.ts'

/** What each channel brought in the range. */
export class GrapevineChannels extends View {
  static override styles = [View.styles, tables, topStyles].flat()

  readonly #report = new PagedReport<ChannelsReport['data'][number], ChannelsReport>(
    this,
    () => `${this.range.from} ${this.range.to} ${this.#sort}`,
    (signal, limit, cursor) =>
      read('/v1/reports/channels', { ...this.span, sort: this.#sort, limit, cursor }, signal),
  )

  override render() {
    return shown(this.#report, place, (report) => this.#ready(report))
  }

  get #sort() {
    return TOP_SORTS.find((sort) => sort === this.route.options.sort) ?? 'visits'
  }

  #ready({ data }: ChannelsReport): TemplateResult {
    if (data.length === 0) return scriptTag(this.site)
    return html`
      <section class="panel">
        ${topTable({
          label: text('channel'),
          rows: data,
          name: (row) => channelName(row.channel),
          sort: this.#sort,
          sortLink: (sort) => this.linkWith('sort', sort),
        })}
        ${further(this.#report)}
      </section>
    `
  }
}

const place = html`<div class="skeleton list-place"></div>`

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-channels': GrapevineChannels
  }
}
