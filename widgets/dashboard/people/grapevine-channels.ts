import { html, type TemplateResult } from 'lit'
import type { ChannelsReport } from '../../../server/contract/reports.ts'
import { read } from '../api.ts'
import { channelName } from '../parts/pieces.ts'
import { text } from '../texts.ts'
import { type TopAsked, TopView } from './top-view.ts'

type Row = ChannelsReport['data'][number]

/** What each channel brought in the range. */
export class GrapevineChannels extends TopView<Row, ChannelsReport> {
  protected override readonly subjects = 'channels'

  protected override read(asked: TopAsked, signal: AbortSignal): Promise<ChannelsReport> {
    return read('/v1/reports/channels', asked, signal)
  }

  protected override label(): string {
    return text('channel')
  }

  protected override filter({ channel }: Row) {
    return { channel }
  }

  protected override name({ channel }: Row): TemplateResult {
    const href = this.linkTo({ view: 'conversions', options: { channel } })
    return html`<a href=${href}>${channelName(channel)}</a>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-channels': GrapevineChannels
  }
}
