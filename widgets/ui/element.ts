import { LitElement } from 'lit'
import { settings } from '../core/settings.ts'

/** What every element of ours is: it draws once its texts are there, in the page's own light or dark. */
export abstract class GrapevineElement extends LitElement {
  constructor() {
    super()
    // The page's text colour has turned (theme.ts lets it be heard), and perhaps the page from light to dark.
    this.addEventListener('transitionend', () => this.requestUpdate())
  }

  /** Loads what the next drawing needs. */
  protected abstract prepare(): Promise<unknown> | undefined

  protected override async scheduleUpdate(): Promise<void> {
    await this.prepare()
    super.scheduleUpdate()
  }

  /** As the script tag says or, by default, `dark` where the page's own text is light. */
  protected get scheme(): string {
    const { theme } = settings()
    if (theme !== 'auto') return theme
    const { color } = getComputedStyle(this)
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number)
    const light = /^rgb/.test(color)
      ? red + green + blue > 384
      : matchMedia('(prefers-color-scheme: dark)').matches
    return light ? 'dark' : 'light'
  }
}
