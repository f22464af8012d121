/** Takes the indentation out of Lit's templates, which minifiers leave alone. */
export const slimTemplates = {
  name: 'slim-templates',
  transform: (code, id) =>
    /widgets\/(referral|share|ui)\//.test(id)
      ? { code: code.replace(/\b(css|html)`[^`]*`/g, (template, tag) => SLIM[tag](template)), map: null }
      : null,
}

const SLIM = {
  css: (template) =>
    template
      .replace(/\s+/g, ' ')
      .replace(/ ?([`{};,]) ?/g, '$1')
      .replace(/: /g, ':')
      .replace(/\b0\./g, '.')
      .replaceAll(';}', '}'),
  // A space between two tags, which only a line break made, shows in none of our layouts.
  html: (template) => template.replace(/(?<=[`>])\s*\n\s*|\s*\n\s*(?=[`<>])/g, '').replace(/\s*\n\s*/g, ' '),
}

/** What Lit does for other browsers, builds and tools than ours: what it says, and what stands there instead. */
const NEEDLESS = [
  // Hooks for polyfills, and lists of versions, which would be globals of the page.
  [/\b\w+\.\w+(Polyfill|Hydrate)Support\b/g, 'undefined'],
  [/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[^"]*"\)/g, '0'],
  // What decorators note of a class, in one more global. Our properties are static.
  [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap/g, ''],
  [/const (\w)=this\[Symbol\.metadata\];if\(null!==\1\)\{.*?\}(?=this\._\$Eh=)/g, ''],
  [/static addInitializer\(\w\)\{[^}]*\}/g, ''],
  [/,void 0!==(\w)\.l&&\(this\.l=\[\.\.\.\1\.l\]\)/g, ''],
  [/,this\.constructor\.l\?\.forEach\(\w=>\w\(this\)\)/g, ''],
  // Templates of MathML, and what is bound inside a comment.
  [/3===\w\?"<\/?math>":""/g, '""'],
  [/(2===\w)\|\|3===\w/g, '$1'],
  [/else\{let (\w)=-1;for\(;-1!==\(\1=\w\.data\.indexOf\(\w,\1\+1\)\);\).*?\}(?=\w\+\+)/g, ''],
  // Every browser that knows `light-dark()`, as our colours need it to, adopts style sheets.
  [/\b\w+\.ShadowRoot&&.{0,60}"adoptedStyleSheets"in .*?CSSStyleSheet\.prototype/g, 'true'],
  // Sentences for developers, whom the types tell.
  [/\bError\("(CSSResult is not|Value passed to|invalid template)[^)]*\)/g, 'Error()'],
]

/** Leaves out of Lit what no page of ours can reach. Fails where a new version of Lit says it otherwise. */
export const slimLit = () => {
  const found = new Set()
  return {
    name: 'slim-lit',
    transform(code, id) {
      if (!/node_modules\/(lit-html|lit-element|@lit\/reactive-element)\//.test(id)) return null
      for (const [said, instead] of NEEDLESS) {
        if (code.search(said) < 0) continue
        found.add(said)
        code = code.replace(said, instead)
      }
      return { code, map: null }
    },
    buildEnd(error) {
      for (const [said] of NEEDLESS) if (!error && !found.has(said)) this.error(`Lit no longer says ${said}`)
    },
  }
}
