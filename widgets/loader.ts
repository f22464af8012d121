import type { Call, Grapevine } from './core/grapevine.ts'
import type { Settings } from './core/settings.ts'

type Core = typeof import('./core/main.ts')

const ELEMENTS: Record<string, () => Promise<unknown>> = {
  'grapevine-share': () => import('./share/define.ts'),
  'grapevine-referral': () => import('./referral/define.ts'),
  'grapevine-comments': () => import('./comments/define.ts'),
  'grapevine-count': () => import('./count/define.ts'),
}

/** Nothing that fails in here may reach the page: it is told as an event. */
const tell = (error: unknown) => {
  document.dispatchEvent(
    new CustomEvent('grapevine-error', {
      detail: { code: 'load_failed', message: `${error}` },
      bubbles: true,
    }),
  )
  return null
}

function start(data: DOMStringMap): void {
  const { site = '', param = 'gv', consent = 'auto', lang = '', theme = 'auto' } = data
  const settings = { site, param, consent, lang, theme, server: new URL('.', import.meta.url).href }
  const id = site.slice(3, 9)
  let core: Core | undefined
  const withCore = <T>(then: (core: Core) => T) =>
    import('./core/main.ts')
      .then((loaded) => {
        core = loaded
        return then(loaded)
      })
      .catch(tell)

  const early = window.grapevine?.q as Call[] | undefined
  const api: Record<string, unknown> = {
    settings: settings as Settings,
    get ready() {
      return withCore(() => 0)
    },
    get arrival() {
      return core?.arrival() ?? null
    },
    on(type: string, handler: EventListener) {
      const name = `grapevine-${type.replace('grapevine-', '')}`
      document.addEventListener(name, handler)
      return () => document.removeEventListener(name, handler)
    },
    q: {
      push(...calls: Call[]) {
        for (const [method, ...args] of calls) (api[method] as (...args: unknown[]) => unknown)?.(...args)
      },
    },
  }
  for (const method of ['convert', 'share', 'consent', 'identify'] as const)
    api[method] = (...args: unknown[]) =>
      withCore((core) => (core[method] as (...args: unknown[]) => unknown)(...args))
  window.grapevine = api as unknown as Grapevine
  window.grapevine.q.push(...(early ?? []))

  // The core is needed at once only where somebody arrives, or where an earlier page left something.
  const address = location.href
  if (address.includes(`${param}=${id}`) || stored(`grapevine:${id}`))
    withCore((core) => core.recordArrival(address))
  watch()
}

const stored = (prefix: string) => {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(prefix))
  } catch {
    return false
  }
}

/** Loads each element when the first of its kind is on the page. */
function watch(): void {
  const tags = `${Object.keys(ELEMENTS)}`
  const load = (element: Element) => {
    const { localName } = element
    ELEMENTS[localName]?.().catch(tell)
  }
  const scan = (root: ParentNode) => root.querySelectorAll(tags).forEach(load)
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node instanceof Element) {
          load(node)
          scan(node)
        }
  }).observe(document, { childList: true, subtree: true })
  scan(document)
}

const tag = [...document.scripts].find(({ src }) => src === import.meta.url)
if (!window.grapevine?.ready)
  if (tag?.dataset.site) start(tag.dataset)
  else console.warn('Grapevine: the script tag needs data-site="pk_…"')
