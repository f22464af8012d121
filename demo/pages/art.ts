import { html } from 'hono/html'
import type { Article } from '../articles.ts'
import type { Product } from '../catalogue.ts'
import type { Markup } from './layout.ts'

/** The drawings of the magazine and its shop; coloured by the style sheet. */
export const ART: Record<Article['art'] | Product['art'], Markup> = {
  rumour: html`<svg class="art" viewBox="0 0 240 120" aria-hidden="true">
    <path class="vine" d="M20 92C50 92 50 44 84 44s30 44 62 44 34-58 74-58"/>
    <circle class="grape" cx="20" cy="92" r="13"/><circle class="grape soft" cx="84" cy="44" r="11"/>
    <circle class="grape" cx="146" cy="88" r="9"/><circle class="grape soft" cx="220" cy="30" r="7"/>
  </svg>`,
  bridge: html`<svg class="art" viewBox="0 0 240 120" aria-hidden="true">
    <path class="vine" d="M40 40l34 14-30 32zM200 34l-32 22 34 28zM74 54h94"/>
    <circle class="grape" cx="40" cy="40" r="10"/><circle class="grape" cx="74" cy="54" r="10"/>
    <circle class="grape" cx="44" cy="86" r="10"/><circle class="grape soft" cx="200" cy="34" r="10"/>
    <circle class="grape soft" cx="168" cy="56" r="10"/><circle class="grape soft" cx="202" cy="84" r="10"/>
  </svg>`,
  tree: html`<svg class="art" viewBox="0 0 240 120" aria-hidden="true">
    <path class="vine" d="M120 18 66 54M120 18l54 36M66 54 38 94M66 54l28 40M174 54v40"/>
    <circle class="grape" cx="120" cy="18" r="12"/><circle class="grape" cx="66" cy="54" r="10"/>
    <circle class="grape soft" cx="174" cy="54" r="10"/><circle class="grape soft" cx="38" cy="94" r="8"/>
    <circle class="grape" cx="94" cy="94" r="8"/><circle class="grape soft" cx="174" cy="94" r="8"/>
  </svg>`,
  telephone: html`<svg class="art" viewBox="0 0 240 120" aria-hidden="true">
    <path class="vine" d="M70 64q50 44 100 0"/>
    <path class="grape" d="M34 40h36v48H34zM170 40h36v48h-36z"/>
    <path class="edge" d="M34 52h36M34 76h36M170 52h36M170 76h36"/>
  </svg>`,
  notebook: html`<svg class="art" viewBox="0 0 240 120" aria-hidden="true">
    <path class="grape" d="M84 16h72v88H84z"/><path class="edge" d="M98 16v88M112 38h30M112 54h22"/>
  </svg>`,
  magazine: html`<svg class="art" viewBox="0 0 240 120" aria-hidden="true">
    <path class="grape soft" d="M104 20h66v84h-66z"/><path class="grape" d="M72 14h66v84H72z"/>
    <path class="edge" d="M84 32h42M84 46h42M84 60h26"/>
  </svg>`,
}
