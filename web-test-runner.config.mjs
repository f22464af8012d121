import { fileURLToPath } from 'node:url'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { chromeLauncher } from '@web/test-runner-chrome'
import { asModule } from './rollup.slim.mjs'
import { findBrowser } from './test/support/browser.ts'
import { widgetServer } from './test/support/widget-server.ts'

const { args, ...browser } = await findBrowser()
// The server takes a headless browser for the bot it is.
const person =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36'

export default {
  files: 'test/widgets/**/*.test.ts',
  hostname: '127.0.0.1',
  nodeResolve: { exportConditions: ['development', 'browser'] },
  // Test pages share one storage and one server.
  concurrency: 1,
  middleware: [await widgetServer()],
  plugins: [
    {
      name: 'highlight-module',
      transform: ({ path, body }) =>
        /highlight\.js\/lib\/core\.js$/.test(path) ? asModule(String(body)) : undefined,
    },
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('widgets/tsconfig.json', import.meta.url)),
    }),
  ],
  browsers: [chromeLauncher({ launchOptions: { ...browser, args: [...args, `--user-agent=${person}`] } })],
  filterBrowserLogs: ({ args: [first] }) => !/Lit is in dev mode/.test(String(first)),
  testFramework: { config: { timeout: 15_000 } },
}
