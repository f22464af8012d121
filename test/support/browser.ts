import { execFileSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { Launcher } from 'chrome-launcher'

/** What puppeteer-core's `launch` needs to start the browser that was found. */
export interface FoundBrowser {
  executablePath: string
  /** `shell` for the headless-only build that comes inside an npm package. */
  headless: true | 'shell'
  args: string[]
  env: Record<string, string | undefined>
}

/** A Chromium to test in: `CHROME_PATH`, else an installed one, else the one inside `@sparticuz/chromium`. */
export async function findBrowser(): Promise<FoundBrowser> {
  // Without a language Chromium calls its own `en-US@posix`, which no visitor's browser does and `Intl` refuses.
  const env: NodeJS.ProcessEnv = { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' }
  // Chromium refuses to start its sandbox as root; CI containers lack the user namespaces it needs.
  const unsandboxed = process.getuid?.() === 0 || env.CI ? ['--no-sandbox'] : []
  const args = ['--disable-dev-shm-usage', ...unsandboxed]
  const installed = env.CHROME_PATH || installedChrome()
  if (installed) return { executablePath: installed, headless: true, args, env }

  const home = await unpackedChromium()
  const libraries = [join(home, 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return {
    executablePath: join(home, 'chromium'),
    headless: 'shell',
    args: ['--disable-dev-shm-usage', '--no-sandbox'],
    env: { FONTCONFIG_PATH: join(home, 'fonts'), ...env, LD_LIBRARY_PATH: libraries },
  }
}

function installedChrome(): string | undefined {
  try {
    return Launcher.getFirstInstallation()
  } catch {
    return undefined // chrome-launcher throws on Linux where there is none
  }
}

/** Unpacks the packaged Chromium once a machine and version, and answers its folder. */
async function unpackedChromium(): Promise<string> {
  const packaged = join(import.meta.dirname, '../../node_modules/@sparticuz/chromium')
  if (!existsSync(join(packaged, 'bin/chromium.br'))) {
    throw new Error('No Chrome or Chromium found. Install one, or set CHROME_PATH to its executable.')
  }
  const { version } = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8'))
  const home = join(tmpdir(), `grapevine-chromium-${version}-${process.getuid?.() ?? 'user'}`)
  if (existsSync(home)) return home

  // Unpacked aside and renamed, so that a run beside this one never sees half a browser.
  const aside = await mkdtemp(`${home}-`)
  const unpack = (name: string, to: string) =>
    pipeline(
      createReadStream(join(packaged, 'bin', name)),
      createBrotliDecompress(),
      createWriteStream(join(aside, to)),
    )
  await unpack('chromium.br', 'chromium')
  await chmod(join(aside, 'chromium'), 0o755)
  for (const part of ['al2023', 'fonts', 'swiftshader']) {
    await unpack(`${part}.tar.br`, `${part}.tar`)
    execFileSync('tar', ['xf', join(aside, `${part}.tar`), '-C', aside])
    await rm(join(aside, `${part}.tar`))
  }
  await mkdir(join(aside, 'lib'), { recursive: true })
  await rename(aside, home).catch(async (error: unknown) => {
    await rm(aside, { recursive: true })
    if (!existsSync(home)) throw error
  })
  return home
}
