import { html, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { Notice, NoticeDecision, Notices } from '../../../server/contract/moderation.ts'
import { NOTICE_STATES } from '../../../server/contract/moderation-models.ts'
import { post, RequestError, read } from '../api.ts'
import { moderationStyles } from '../moderation/moderation.styles.ts'
import { PagedReport } from '../paged.ts'
import { exportLinks } from '../parts/export-links.ts'
import { further } from '../parts/further.ts'
import { segments } from '../parts/pieces.ts'
import { shown } from '../parts/states.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { noticeCard } from './notice-card.ts'
import { noticesStyles } from './notices.styles.ts'

/** Notices of illegal content, each with its paper trail (Regulation (EU) 2022/2065). */
export class GrapevineNotices extends View {
  static override styles = [View.styles, moderationStyles, noticesStyles].flat()
  static override properties: PropertyDeclarations = {
    ...View.properties,
    busy: { state: true },
    fault: { state: true },
  }

  declare busy: boolean
  /** Why the last decision was not taken: of which notice. */
  declare fault: { notice: string; message: string } | undefined

  readonly #notices = new PagedReport<Notice, Notices>(
    this,
    () => this.#state ?? '',
    (signal, limit, cursor) => read('/v1/notices', { limit, cursor, state: this.#state }, signal),
  )

  constructor() {
    super()
    this.busy = false
  }

  override render(): TemplateResult {
    const states = [undefined, ...NOTICE_STATES]
    return html`
      <div class="stack">
        <div class="queue-head">
          ${segments(
            text('notice_state'),
            states.map((state) => ({
              name: text(state ? `notice_${state}` : 'notice_all'),
              href: this.linkWith({ state }),
              on: state === this.#state,
            })),
          )}
          ${exportLinks('/v1/notices', { state: this.#state })}
        </div>
        ${shown(this.#notices, html`<div class="skeleton list-place"></div>`, ({ data }) =>
          data.length === 0
            ? html`<section class="panel message"><h2>${text('notices_none')}</h2><p class="muted">${text('notices_none_hint')}</p></section>`
            : html`<ul class="stack">${data.map((notice) => this.#card(notice))}</ul>${further(this.#notices)}`,
        )}
      </div>
    `
  }

  get #state() {
    return NOTICE_STATES.find((state) => state === this.route.options.state)
  }

  #card(notice: Notice): TemplateResult {
    return noticeCard(notice, {
      busy: this.busy,
      fault: this.fault?.notice === notice.id ? this.fault.message : undefined,
      person: this.linkToPerson,
      decide: (decision) => void this.#decide(notice, decision),
    })
  }

  async #decide({ id }: Notice, decision: NoticeDecision): Promise<void> {
    this.busy = true
    this.fault = undefined
    try {
      const decided = await post(`/v1/notices/${id}/decision`, decision)
      await this.#notices.extend(async (notices) => ({
        ...notices,
        data: notices.data.map((one) => (one.id === id ? decided : one)),
      }))
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const message = error.status === 0 ? text('error_unreachable') : error.message
      this.fault = { notice: id, message }
    }
    this.busy = false
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-notices': GrapevineNotices
  }
}
