import { html } from 'lit'
import { NAME_LENGTH } from '../../server/contract/models.ts'
import type { Referral } from '../../server/contract/referral.ts'
import type { Texts } from '../core/i18n.ts'
import type { MoreKey } from '../locales/referral-more.en.ts'
import { OwnForm } from './own-form.ts'

/** The name a person chooses, and whether it may stand on the leaderboard: not unless they say so. */
export class NameForm extends OwnForm {
  render({ person }: Referral) {
    const { t } = this.texts as Texts<MoreKey>
    const { noLeaderboard } = this.host
    return html`
      <form class="section" part="section" novalidate @submit=${this.#submit}>
        <label for="name">${t('name')}</label>
        <div class="copy">
          <input
            class="field"
            id="name"
            name="name"
            autocomplete="nickname"
            maxlength=${NAME_LENGTH}
            aria-describedby="name-hint"
            aria-invalid=${this.refused !== ''}
            .defaultValue=${person?.name ?? ''}
          />
          <button class="plain" part="button" type="submit" ?disabled=${this.busy}>${t(this.done ? 'saved' : 'saveName')}</button>
        </div>
        <p class="note" id="name-hint">${this.refused || t('nameHint')}</p>
        ${
          noLeaderboard
            ? ''
            : html`<label class="check"
                ><input type="checkbox" name="listed" .defaultChecked=${person?.listed ?? false} /><span
                  >${t('listed')}</span
                ></label
              >`
        }
      </form>
    `
  }

  #submit = (event: SubmitEvent): void => {
    const answers = new FormData(event.target as HTMLFormElement)
    const name = String(answers.get('name') ?? '').trim()
    void this.save(event, {
      name: name || null,
      ...(this.host.noLeaderboard ? {} : { listed: answers.has('listed') }),
    })
  }
}
