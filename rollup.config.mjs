import { chmod, copyFile, rm } from 'node:fs/promises'
import nodeResolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'
import { highlightModule, slimLit, slimTemplates } from './rollup.slim.mjs'

const extensions = ['.ts', '.mjs', '.js']

/** Empties the folder first: a chunk of an earlier build must not be served. */
const emptied = (dir) => ({ name: 'emptied', renderStart: () => rm(dir, { recursive: true, force: true }) })

/**
 * A part that could not be loaded, as in a tunnel, is asked for anew under another address the next time: browsers
 * remember of a module that it failed. The address that worked is kept, so that a part is there once.
 */
const AGAIN = 'const again=u=>import(import.meta[u]||u).catch(()=>import(import.meta[u]=u+"?"+Date.now()));'
const importAgain = {
  name: 'import-again',
  renderDynamicImport: () => ({ left: 'again(', right: ')' }),
}

/** What every element needs: Lit itself (its directives go with whoever uses them) and our base of it. */
const LIT =
  /node_modules\/(lit|lit-html|lit-element|@lit)\/(?!.*directive)|widgets\/ui\/(copy|element|theme|icon)\.ts/
/** What every element shares, apart from what only an arrival or a call of the page's own needs. */
const CORE =
  /node_modules\/nanoid\/|widgets\/core\/(?!main|consent|presence|first|re|signing)|contract\/limits/
/** The part of it that passes something on, which reading comments does not. */
const PASSING = /widgets\/core\/(arrivals|queue|sharing)\.ts/

const widgets = {
  input: {
    grapevine: 'widgets/loader.ts',
    dashboard: 'widgets/dashboard/page.ts',
    'sign-in': 'widgets/sign-in/page.ts',
  },
  plugins: [
    nodeResolve({ extensions, exportConditions: ['browser'] }),
    highlightModule,
    slimTemplates,
    slimLit(),
    importAgain,
    esbuild({ target: 'es2022', tsconfig: 'widgets/tsconfig.json' }),
    terser({
      module: true,
      ecma: 2020,
      compress: { passes: 3, keep_fargs: false },
      format: { comments: /^!/ },
    }),
    emptied('dist/widgets'),
    {
      name: 'dashboard-page',
      writeBundle: () => copyFile('widgets/dashboard/page.html', 'dist/widgets/dashboard.html'),
    },
  ],
  output: {
    dir: 'dist/widgets',
    format: 'es',
    freeze: false,
    externalLiveBindings: false,
    generatedCode: { preset: 'es2015', symbols: false },
    banner: (chunk) => (chunk.name === 'lit' ? '/*! Lit: BSD-3-Clause, Google LLC */' : ''),
    intro: ({ dynamicImports }) => (dynamicImports.length > 0 ? AGAIN : ''),
    entryFileNames: '[name].js',
    chunkFileNames: 'c/[name]-[hash].js',
    manualChunks: (id) =>
      LIT.test(id) ? 'lit' : PASSING.test(id) ? 'passing' : CORE.test(id) ? 'core' : undefined,
  },
}

const server = {
  input: { cli: 'server/cli.ts', 'sqlite-worker': 'server/db/sqlite-worker.ts' },
  external: [/^node:/, /^[a-z@][^:]*$/],
  plugins: [
    nodeResolve({ extensions, resolveOnly: [/^\./] }),
    esbuild({ target: 'node22', tsconfig: 'tsconfig.json' }),
    emptied('dist/server'),
    { name: 'executable', writeBundle: () => chmod('dist/server/cli.js', 0o755) },
  ],
  output: {
    dir: 'dist/server',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    banner: (chunk) => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
  },
}

export default [widgets, server]
