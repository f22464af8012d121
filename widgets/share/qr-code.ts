import { generate } from 'lean-qr/nano'
import { html, type TemplateResult } from 'lit'
import type { Translate } from '../core/i18n.ts'
import { icon } from '../ui/icon.ts'

/** Light modules around the code, as ISO/IEC 18004 asks. */
const QUIET = 4
/** Pixels a module in the saved image. */
const SCALE = 12

/** The link as a QR code, as text, and as an image to keep. WeChat passes pages on this way. */
export function qrCode(link: string, t: Translate<'qr' | 'save'>): TemplateResult {
  const { size, path } = drawing(link)
  return html`
    <div class="code">
      <svg part="qr" role="img" aria-label=${t('qr')} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
        <path d=${path}></path>
      </svg>
      <a class="link" href=${link}>${link.replace(/^https?:\/\//, '')}</a>
      <button class="lead" type="button" @click=${() => save(size, path)}>
        ${icon('M12 4v10.5M7.5 10.5 12 15l4.5-4.5M5 19.5h14')}${t('save')}
      </button>
    </div>
  `
}

/** The dark modules as SVG path data, in a square of `size` modules. */
function drawing(link: string): { size: number; path: string } {
  const code = generate(link)
  let path = ''
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`
  return { size: code.size + 2 * QUIET, path }
}

function save(size: number, path: string): void {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * SCALE
  const paint = canvas.getContext('2d')
  if (!paint) return
  paint.scale(SCALE, SCALE)
  paint.fillStyle = '#fff'
  paint.fillRect(0, 0, size, size)
  paint.fillStyle = '#000'
  paint.fill(new Path2D(path))
  canvas.toBlob((image) => image && download(image))
}

function download(image: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(image)
  link.download = 'qr-code.png'
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
