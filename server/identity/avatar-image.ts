import { AppError } from '../errors.ts'

/** Edge of an avatar, in pixels: what 128 CSS pixels take on a dense screen. */
const EDGE = 256
/** Most pixels of a picture that is taken: some tens of megabytes while it is decoded. */
const MOST_PIXELS = 25_000_000
/** Most seconds that a picture may take. */
const MOST_SECONDS = 5

/** How the pictures begin that are taken, in hex: PNG, JPEG, GIF, WebP, AVIF. What is text, such as SVG, is none. */
const BEGINNINGS = [
  /^89504e470d0a1a0a/,
  /^ffd8ff/,
  /^474946383[79]61/,
  /^52494646.{8}57454250/,
  /^0000.{4}6674797061766966/,
]
/** What reads them in libvips; all its other readers are shut off, whatever else a file says it is. */
const READERS = ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Heif'].map((name) => `VipsForeignLoad${name}`)

const isPicture = (bytes: Buffer): boolean => {
  const start = bytes.toString('hex', 0, 16)
  return BEGINNINGS.some((beginning) => beginning.test(start))
}

const refused = (message: string, cause?: unknown) =>
  Object.assign(new AppError('invalid', message, { field: 'image' }), { cause })

/** Loaded when the first picture comes; a machine for which there is no sharp takes none. */
const loadSharp = async () => {
  const { default: sharp } = await import('sharp').catch((cause: unknown) => {
    throw refused('cannot be taken: this server has no sharp to make it anew', cause)
  })
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: READERS })
  return sharp
}

/** One picture at a time is decoded; others wait for it, so that memory stays what one takes. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Makes a picture anew from what somebody sent: a WebP of one size, upright, its first frame only, without anything else
 * that was in the file. Refuses what is not wholly a PNG, JPEG, GIF, WebP or AVIF.
 */
export async function avatarFrom(image: string): Promise<Buffer> {
  const bytes = Buffer.from(image, 'base64')
  if (!isPicture(bytes)) throw refused('is no PNG, JPEG, GIF, WebP or AVIF')
  const sharp = await loadSharp()
  const made = last.then(() =>
    sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1, sequentialRead: true })
      .timeout({ seconds: MOST_SECONDS })
      .rotate()
      .resize(EDGE, EDGE, { fit: 'cover' })
      .webp({ quality: 82 })
      .toBuffer()
      .catch((cause: unknown) => {
        throw refused('is damaged, too large, or not what it says it is', cause)
      }),
  )
  last = made.catch(() => {})
  return made
}
