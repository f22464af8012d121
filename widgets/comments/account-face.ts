import { html, nothing, type TemplateResult } from 'lit'
import { AVATAR_LENGTH } from '../../server/contract/comment-limits.ts'
import { writeOwn } from '../core/request-own.ts'
import type { Account } from './account.ts'
import { avatar } from './avatar.ts'

/** Edges (px) that a picture is made smaller to, until one is small enough to be sent. */
const EDGES = [512, 384, 256, 128]

/** The picture of oneself: chosen, dropped or pasted, and made small before it is sent. */
export class AccountFace {
  #account: Account
  #over = false

  constructor(account: Account) {
    this.#account = account
  }

  render(): TemplateResult {
    const { me, host, texts } = this.#account
    const { t } = texts
    const author = { id: host.mine?.person?.id ?? me.id, name: me.name ?? '', badge: null, avatar: me.avatar }
    return html`<div
      class="portrait ${this.#over ? 'over' : ''}"
      role="group"
      aria-label=${t('face')}
      @dragover=${(event: DragEvent) => this.#drag(event, true)}
      @dragleave=${(event: DragEvent) => this.#drag(event, false)}
      @drop=${this.#drop}
    >
      ${avatar(author)}
      <button type="button" class="plain" part="button" @click=${this.#choose}>${t('pickFace')}</button>
      ${me.avatar ? html`<button type="button" class="link" @click=${this.#remove}>${t('removeFace')}</button>` : nothing}
      <span class="hints">${t('dropFace')}</span>
      <input type="file" hidden accept="image/png,image/jpeg,image/webp,image/gif,image/avif" @change=${this.#chosen} />
    </div>`
  }

  /** Takes a picture that is pasted anywhere in the dialog; text is pasted as ever. */
  paste = (event: ClipboardEvent): void => {
    const file = event.clipboardData?.files[0]
    if (!file || !this.#account.me.member) return
    event.preventDefault()
    void this.#take(file)
  }

  #choose = ({ currentTarget }: Event): void =>
    (currentTarget as HTMLElement).parentElement?.querySelector('input')?.click()

  #chosen = ({ target }: Event): void => {
    const field = target as HTMLInputElement
    const [file] = field.files ?? []
    if (file) void this.#take(file)
    field.value = ''
  }

  #drag(event: DragEvent, over: boolean): void {
    event.preventDefault()
    if (over === this.#over) return
    this.#over = over
    this.#account.host.requestUpdate()
  }

  #drop = (event: DragEvent): void => {
    this.#drag(event, false)
    const file = event.dataTransfer?.files[0]
    if (file) void this.#take(file)
  }

  #take = (file: File): Promise<void> =>
    this.#account.act(async () => {
      const { host, texts } = this.#account
      const image = await smaller(file)
      if (!image) {
        host.say(texts.t('noPicture'), true)
        return
      }
      this.#account.me = await writeOwn('PUT /v1/me/avatar', { image })
      host.say(texts.t('faceSaved'))
      void host.reload()
    })

  #remove = (): Promise<void> =>
    this.#account.act(async () => {
      const { host, texts } = this.#account
      this.#account.me = await writeOwn('DELETE /v1/me/avatar', undefined)
      host.say(texts.t('faceGone'))
      void host.reload()
    })
}

/** The middle of a picture, square and small, as base64; nothing where it is none. */
async function smaller(file: File): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return undefined
  const { width, height } = picture
  const edge = Math.min(width, height)
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  for (const most of EDGES) {
    canvas.width = canvas.height = Math.min(edge, most)
    pen?.drawImage(
      picture,
      ...([(width - edge) / 2, (height - edge) / 2, edge, edge, 0, 0, canvas.width, canvas.height] as const),
    )
    // Browsers that write no WebP write PNG.
    const image = canvas.toDataURL('image/webp', 0.85).replace(/^.*,/, '')
    if (image.length <= AVATAR_LENGTH) return image
  }
  return undefined
}
