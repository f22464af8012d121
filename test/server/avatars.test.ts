import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import type { Me } from '../../server/contract/people.ts'
import { avatarFrom } from '../../server/identity/avatar-image.ts'
import { type Bench, newSite, newToken, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { refusal } from '../support/somebody.ts'

const solid = (width: number, height: number, background = '#c0ffee') =>
  sharp({ create: { width, height, channels: 3, background } })

/** A PNG that says it has some size, with as many rows as fit into few bytes. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    crc.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, crc])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(Math.min(50_000_000, (width + 1) * height)), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** A browser of somebody who is known to the site, as a member unless told otherwise. */
async function member(bench: Bench, site: TestSite, isMember = true) {
  const token = newToken()
  const ask = (method: string, path: string, body?: object) =>
    bench.request(path, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-grapevine-site': site.publishableKey,
        authorization: `Bearer ${token}`,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const { id } = (await (await ask('PATCH', '/v1/me', { listed: false })).json()) as Me
  if (isMember)
    await bench.deps.write(({ db }) =>
      db
        .updateTable('person')
        .set({ member_since: 1 })
        .where('site_id', '=', site.id)
        .where('id', '=', id)
        .execute(),
    )
  const put = (image: Buffer | string) =>
    ask('PUT', '/v1/me/avatar', { image: typeof image === 'string' ? image : image.toString('base64') })
  const avatar = async () =>
    (
      await bench.deps.read
        .selectFrom('person')
        .select('avatar')
        .where('site_id', '=', site.id)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    ).avatar
  return { id, ask, put, avatar, path: async () => `/v1/avatars/${site.id}/${await avatar()}` }
}

onEveryDatabase('a picture of a person', (bench) => {
  test('is made anew: one size, WebP, nothing else of the file, and served as what it is', async () => {
    const site = await newSite(bench)
    const alice = await member(bench, site)
    const sent = await solid(900, 300)
      .withExif({ IFD0: { Copyright: 'Alice at 52.5200 N' } })
      .jpeg()
      .toBuffer()
    assert.ok(sent.includes('Alice at'))
    assert.equal((await alice.put(sent)).status, 200)

    const response = await bench.request(await alice.path())
    assert.equal(response.status, 200)
    const headers = Object.fromEntries(response.headers)
    assert.equal(headers['content-type'], 'image/webp')
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(headers['content-security-policy'], "default-src 'none'")
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    const bytes = Buffer.from(await response.arrayBuffer())
    const { format, width, height, exif, pages } = await sharp(bytes).metadata()
    assert.deepEqual([format, width, height, exif, pages], ['webp', 256, 256, undefined, undefined])
    assert.ok(!bytes.includes('Alice at'))
  })

  test('takes the place of the one before, and goes when it is taken away', async () => {
    const site = await newSite(bench)
    const [alice, bob] = [await member(bench, site), await member(bench, site)]
    const red = await solid(10, 10, '#f00').png().toBuffer()
    await alice.put(red)
    await bob.put(red)
    const first = await alice.path()
    assert.notEqual(first, await bob.path())
    await alice.put(await solid(10, 10, '#00f').png().toBuffer())
    assert.notEqual(await alice.path(), first)
    assert.equal((await bench.request(first)).status, 404)
    assert.equal((await bench.request(await bob.path())).status, 200)

    const second = await alice.path()
    assert.equal((await alice.ask('DELETE', '/v1/me/avatar')).status, 200)
    assert.equal((await bench.request(second)).status, 404)
    assert.equal(await alice.avatar(), null)
    assert.equal((await bench.request(await bob.path())).status, 200)
  })

  test('is of its own site, and unknown on any other', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    const alice = await member(bench, site)
    await alice.put(await solid(10, 10).png().toBuffer())
    const id = await alice.avatar()
    const elsewhere = await bench.request(`/v1/avatars/${other.id}/${id}`)
    const unknown = await bench.request(`/v1/avatars/${other.id}/nothing`)
    assert.deepEqual([elsewhere.status, unknown.status], [404, 404])
    assert.deepEqual(await refusal(bench.request(`/v1/avatars/${site.id}/%00`)), [422, 'id'])
  })

  test('is for members: guests have initials', async () => {
    const site = await newSite(bench)
    const picture = await solid(10, 10).png().toBuffer()
    assert.deepEqual(await refusal((await member(bench, site, false)).put(picture)), [403, undefined])
    assert.deepEqual(await refusal((await member(bench, site, false)).ask('DELETE', '/v1/me/avatar')), [
      403,
      undefined,
    ])
    const headers = { 'content-type': 'application/json', 'x-grapevine-site': site.publishableKey }
    const body = JSON.stringify({ image: picture.toString('base64') })
    const nobody = (token?: string) =>
      bench.request('/v1/me/avatar', {
        method: 'PUT',
        headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body,
      })
    assert.deepEqual(await refusal(nobody()), [401, undefined])
    assert.deepEqual(await refusal(nobody(newToken())), [404, undefined])
  })

  test('is refused where it is none, and the one before stays', async () => {
    const site = await newSite(bench)
    const alice = await member(bench, site)
    await alice.put(await solid(10, 10).png().toBuffer())
    const before = await alice.avatar()
    const refused = ['', 'not base64!', 'aGVsbG8=', '=', 'A'.repeat(180_001)]
    for (const image of refused) assert.deepEqual(await refusal(alice.put(image)), [422, 'image'])
    assert.deepEqual(await refusal(alice.ask('PUT', '/v1/me/avatar', {})), [422, 'image'])
    assert.equal(await alice.avatar(), before)
  })
})

const TAKEN = ['png', 'jpeg', 'webp', 'gif', 'avif'] as const
for (const format of TAKEN)
  test(`${format.toUpperCase()} is taken`, async () => {
    const made = await avatarFrom((await solid(40, 30).toFormat(format).toBuffer()).toString('base64'))
    assert.equal((await sharp(made).metadata()).format, 'webp')
  })

test('of pictures that move the first one stays', async () => {
  const frames = await Promise.all(
    ['#f00', '#0f0', '#00f'].map((color) => solid(8, 8, color).png().toBuffer()),
  )
  const moving = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer()
  assert.equal((await sharp(moving).metadata()).pages, 3)
  const made = await avatarFrom(moving.toString('base64'))
  const { pages, height } = await sharp(made, { animated: true }).metadata()
  assert.deepEqual([pages ?? 1, height], [1, 256])
  const { dominant } = await sharp(made).stats()
  assert.ok(dominant.r > 200 && dominant.b < 60)
})

test('a photo that was taken sideways stands upright', async () => {
  const sideways = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#00f' } })
    .composite([{ input: await solid(20, 20, '#f00').png().toBuffer(), left: 0, top: 0 }])
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 100 })
    .toBuffer()
  const made = await avatarFrom(sideways.toString('base64'))
  const top = await sharp(made).extract({ left: 100, top: 10, width: 50, height: 50 }).stats()
  assert.ok(top.dominant.r > 200 && top.dominant.b < 80)
})

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
const HOSTILE: [string, () => Buffer | Promise<Buffer>][] = [
  ['an SVG', () => Buffer.from(svg)],
  ['an SVG that begins with XML', () => Buffer.from(`<?xml version="1.0"?>${svg}`)],
  [
    'an SVG that has a WebP’s mark in the right place',
    () => Buffer.from(svg.replace('<svg xmlns', '<svg a="WEBP" xmlns')),
  ],
  [
    'an SVG after a PNG’s first bytes',
    () => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(svg)]),
  ],
  ['a PDF', () => Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF')],
  ['HTML', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['a TIFF', () => solid(9, 9).tiff().toBuffer()],
  ['a ZIP', () => Buffer.from('504b0304140000000800', 'hex')],
  ['a PNG of a hundred thousand pixels square', () => pngOf(100_000, 100_000)],
  ['a PNG of fifty million pixels in some kilobytes', () => pngOf(50_000, 1_000)],
  ['a PNG of 2³¹ − 1 pixels square', () => pngOf(2 ** 31 - 1, 2 ** 31 - 1)],
  ['half a JPEG', async () => halfOf(await noise().jpeg().toBuffer())],
  ['half a PNG', async () => halfOf(await noise().png().toBuffer())],
  ['half a WebP', async () => halfOf(await noise().webp().toBuffer())],
  ['a GIF’s header alone', () => Buffer.from('GIF89a')],
  ['a JPEG’s first bytes alone', () => Buffer.from('ffd8ffe0', 'hex')],
]
const noise = () =>
  sharp({
    create: {
      width: 200,
      height: 200,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
const halfOf = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2)

for (const [what, make] of HOSTILE)
  test(`${what} is refused, and soon`, async () => {
    const image = (await make()).toString('base64')
    const begun = performance.now()
    await assert.rejects(avatarFrom(image), { code: 'invalid', field: 'image' })
    assert.ok(performance.now() - begun < 2_000)
  })

test('what is a picture and something else too comes out as a picture alone', async () => {
  const both = Buffer.concat([
    await solid(20, 20).gif().toBuffer(),
    Buffer.from(`<script>alert(1)</script>${svg}`),
    Buffer.from('504b0506', 'hex'),
  ])
  const made = await avatarFrom(both.toString('base64'))
  assert.ok(!made.includes('script'))
  assert.equal(made.toString('latin1', 8, 12), 'WEBP')
})

test('many at once are made one after the other, and a bad one holds up nobody', async () => {
  const good = (await solid(500, 500).png().toBuffer()).toString('base64')
  const bad = Buffer.from('GIF89a').toString('base64')
  const made = await Promise.allSettled([good, bad, good, bad, good].map(avatarFrom))
  assert.deepEqual(
    made.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
  )
})
