/** Takes the indentation out of Lit's templates, which minifiers leave alone. */
export const slimTemplates = {
  name: 'slim-templates',
  transform: (code, id) =>
    /widgets\/(comments|count|referral|share|sign-in|ui)\//.test(id)
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

/** The core of highlight.js as the module it is not: browsers and rollup take no other. */
export const asModule = (code) => code.replace('module.exports = highlight', 'export default highlight')
export const highlightModule = {
  name: 'highlight-module',
  transform: (code, id) =>
    /highlight\.js\/lib\/core\.js$/.test(id) ? { code: asModule(code), map: null } : null,
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
  // Kinds of properties that none of ours is: objects and arrays as attributes, converters and comparisons of one's
  // own, accessors of one's own, defaults that are not reflected.
  [/case Object:case Array:\w=null==\w\?\w:JSON\.stringify\(\w\)/g, ''],
  [/case Object:case Array:try\{\w=JSON\.parse\(\w\)\}catch\(\w\)\{\w=null\}/g, ''],
  [/\(void 0!==\w\.converter\?\.toAttribute\?\w\.converter:(\w)\)/g, '$1'],
  [/"function"==typeof \w\.converter\?.*?\?\w\.converter:(?=\w;)/g, ''],
  [/\(\w\.hasChanged\?\?(\w)\)/g, '$1'],
  [/,this\.prototype\.hasOwnProperty\(\w\)&&\(\(\w=Object\.create\(\w\)\)\.wrapped=!0\)/g, ''],
  [/!\w\.noAccessor/g, '!0'],
  [/\w\(this\.prototype,\w\)\?\?(?=\{get\(\))/g, ''],
  [
    /const \w=this\.constructor\.elementProperties;if\(\w\.size>0\)for\(.*?\{const\{wrapped:.*?\}(?=\}let )/g,
    '',
  ],
  [/\|\|\w\.useDefault&&.*?\(\w,\w\)\)(?=\)\))/g, ''],
  [/\{useDefault:\w,reflect:(\w),wrapped:\w\},\w\)\{.*?\|\|(?=\(this\._\$AL)/g, '{reflect:$1}){'],
  [/(this\.hasUpdated)\|\|\w\|\|(?=\(\w=void 0\))/g, '$1||'],
  [/\?\?this\._\$Ej\?\.get\(\w\)\?\?\w/g, ''],
  [/removeController\(\w\)\{.*?\}/g, ''],
  // Templates compiled ahead, expressions on elements, directives that wait for something.
  [/"number"==typeof \w\?(this\._\$AC\(\w\)):\(.*?,\w\)(?=;if)/g, '$1'],
  [/,_\$litType\$:\w(?=\}=\w,\w=this\._\$AC)/g, ''],
  [/else \w\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:\w\}\),\w\.removeAttribute\(\w\)\)/g, ''],
  [/:6===\w\.type&&\((\w)=new \w\(\w,this,\w\)\)/g, ':0'],
  [/setConnected\(\w\)\{.*?\)\}/g, ''],
  [/this\._\$AP\?\.\(!1,!0,\w\)(?=;)/g, ''],
  [/connectedCallback\(\)\{super\.connectedCallback\(\),.*?setConnected\(!1\)\}/g, ''],
  [/this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/g, ''],
  [/,this\._\$Cv=\w\?\.isConnected\?\?!0/g, ''],
  [/\?\._\$AU\?\?this\._\$Cv/g, '?._$AU'],
  // What others put into an element's own tree before it is drawn.
  [/createRenderRoot\(\)\{const \w=super\.createRenderRoot\(\);return this\.renderOptions.*?\}/g, ''],
  [/const (\w)=\w\?\.renderBefore\?\?(\w);(let \w=)\1/g, 'const $1=$2;$3$1'],
  [/\w\?\.renderBefore\?\?null/g, 'null'],
  // Styles made of other styles: each of ours is one text, made once.
  [
    /(\w)=\(\w,\.\.\.\w\)=>\{const \w=1===\w\.length\?.*?return new (\w)\(\w,\w,\w\)\}/g,
    '$1=t=>new $2(t[0])',
  ],
  [/constructor\(\w,\w,\w\)\{if\(this\._\$cssResult\$.*?this\.t=\w\}/g, 'constructor(t){this.cssText=t}'],
  [
    /get styleSheet\(\)\{.*?\}toString\(\)\{return this\.cssText\}/g,
    'get styleSheet(){if(!this.o)(this.o=new CSSStyleSheet).replaceSync(this.cssText);return this.o}',
  ],
  [/static finalizeStyles\((\w)\)\{.*?return \w\}/g, 'static finalizeStyles($1){return[$1??[]].flat(1/0)}'],
  [/(\w) instanceof CSSStyleSheet\?\1:(\1\.styleSheet)/g, '$2'],
  // What only other directives than ours ask a part for, and documents to import into.
  [/get parentNode\(\)\{return this\._\$AM\.parentNode\}/g, ''],
  [/get parentNode\(\)\{let \w=.*?,\w\}(?=get startNode)/g, ''],
  [/get startNode\(\)\{.*?\}get endNode\(\)\{.*?\}/g, ''],
  [/get tagName\(\)\{.*?\}/g, ''],
  [/\(\w\?\.creationScope\?\?(\w)\)/g, '$1'],
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
