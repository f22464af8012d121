import type { CommentsHost } from './host.ts'

/** The languages that are coloured, by every name they go by. */
const KNOWN =
  /^(bash|sh|zsh|c|h|cpp|c\+\+|cc|cs|csharp|c#|css|diff|patch|go|golang|graphql|gql|ini|toml|java|js|javascript|jsx|mjs|cjs|json|kotlin|kt|less|lua|makefile|mk|make|md|markdown|objc|objectivec|perl|pl|php|py|python|python-repl|r|rb|ruby|rs|rust|scss|shell|console|sql|swift|ts|typescript|tsx|mts|cts|vb|vbnet|wasm|html|xhtml|xml|svg|yaml|yml)$/i

const waiting = new WeakMap<Element, CommentsHost>()

/** Blocks of code are coloured when they come into view. */
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const host = isIntersecting && waiting.get(target)
    if (!host) continue
    sight.unobserve(target)
    // Without its colours it is read as well.
    void import('./colours.ts').then(({ colour, colours }) => {
      host.dress(colours)
      colour(target as HTMLElement)
    }, host.fail)
  }
})

/** Sees to it that the code of a comment is coloured, once it is looked at and where the language is known. */
export function watch(host: CommentsHost, item: HTMLElement): void {
  for (const block of item.querySelectorAll<HTMLElement>(':scope > article pre[data-lang]')) {
    if (waiting.has(block) || !KNOWN.test(block.dataset.lang ?? '')) continue
    waiting.set(block, host)
    sight.observe(block)
  }
}
