import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { after, before, test } from 'node:test'
import type { AnnotationPage } from '../../server/contract/annotations.ts'
import { type Actor, enter, open, textOf } from './cast.ts'
import { type Stage, setStage, until } from './stage.ts'

interface Site {
  publishableKey: string
  secretKey: string
}

const STORY = [
  'It was the grape harvest that year, and the road to the river was full of carts.',
  'The postman had read the letter aloud in the square; by noon the miller knew, and by evening the whole valley.',
  'Some said that the miller had added a sentence of his own.',
]

let stage: Stage
let pages: Server
let site: Site
let page: string
/** What the article says now: its author may change it. */
let paragraphs = STORY

before(async () => {
  stage = await setStage()
  pages = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><title>A story</title>
      <script type="module" async src="${stage.server}/grapevine.js" data-site="${site.publishableKey}"></script>
      <article><h1>A story</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article>
      <grapevine-comments eager article="article"></grapevine-comments></html>`)
  })
  pages.listen(0, '127.0.0.1')
  await once(pages, 'listening')
  const origin = `http://127.0.0.1:${(pages.address() as { port: number }).port}`
  page = `${origin}/story`
  site = JSON.parse(await stage.grapevine('site', 'create', 'Story', '--origin', origin, '--json')) as Site
  const opened = await fetch(`${stage.server}/v1/moderation/settings`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${site.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ policy: 'open', proofOfWork: 'never' }),
  })
  assert.equal(opened.status, 200)
})
after(async () => {
  await stage?.close()
  pages?.close()
  pages?.closeAllConnections()
})

const inside = (selector: string): string => `grapevine-comments >>> ${selector}`

/** The words that are highlighted in the page. */
const highlighted = ({ page }: Actor): Promise<string[]> =>
  page.evaluate(
    `[...(CSS.highlights.get('grapevine-passage') ?? [])].map((range) => range.toString())`,
  ) as Promise<string[]>

/** Selects some words of the article, as with a pointer. */
const select = ({ page }: Actor, words: string): Promise<unknown> =>
  page.evaluate(`{
    const words = ${JSON.stringify(words)}
    const paragraph = [...document.querySelectorAll('p')].find(({ textContent }) => textContent.includes(words))
    const range = document.createRange()
    const at = paragraph.textContent.indexOf(words)
    range.setStart(paragraph.firstChild, at)
    range.setEnd(paragraph.firstChild, at + words.length)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
  }`)

async function visit(actor: Actor): Promise<void> {
  await actor.page.bringToFront()
  await open(actor, page)
  await until(
    async () => actor.page.$(inside('[aria-busy=false]')),
    (there) => there !== null,
  )
}

test('a comment on a passage survives edits of the article, and is not lost when the passage is', async () => {
  const ann = await enter(stage)
  await visit(ann)
  const bare = await ann.page.evaluate("document.querySelector('article').innerHTML")
  // Picking is loaded after the comments are there.
  await until(
    async () => {
      await select(ann, 'by noon the miller knew')
      return ann.page.$(inside('.pick'))
    },
    (button) => button !== null,
  )
  await ann.page.locator(inside('.pick')).click()
  const field = inside('form.composer textarea')
  await ann.page.locator(field).fill('How did he know?')
  await ann.page.locator(inside('form.composer input[autocomplete=nickname]')).fill('Ann')
  await ann.page.locator(inside('form.composer [type=submit]')).click()
  await until(
    () => highlighted(ann),
    (words) => words.join() === 'by noon the miller knew',
  )
  // Nothing of the page itself has changed.
  assert.equal(await ann.page.evaluate("document.querySelector('article').innerHTML"), bare)

  // The article gets a beginning, and the passage itself another word.
  paragraphs = [
    'Long ago, before the bridge was built, letters came by boat.',
    ...STORY.map((text) => text.replace('by noon the miller knew', 'by noon even the miller knew')),
  ]
  const bob = await enter(stage)
  await visit(bob)
  await until(
    () => highlighted(bob),
    (words) => words.join().includes('the miller knew'),
  )
  // Known by its annotation and by its comment, it is one passage still.
  await until(
    () => textOf(bob, 'li .text'),
    (text) => text === 'How did he know?',
  )
  assert.deepEqual(await highlighted(bob), ['by noon even the miller knew'])
  // A click on it leads to what was said of it.
  const at = (await bob.page.evaluate(`{
    const [range] = CSS.highlights.get('grapevine-passage')
    range.startContainer.parentElement.scrollIntoView({ block: 'center' })
    const { left, top, width, height } = range.getBoundingClientRect()
    ;({ x: left + width / 2, y: top + height / 2 })
  }`)) as { x: number; y: number }
  await bob.page.mouse.click(at.x, at.y)
  await until(
    () =>
      bob.page.evaluate(
        "document.querySelector('grapevine-comments').shadowRoot.activeElement?.textContent ?? ''",
      ),
    (text) => String(text).includes('How did he know?'),
  )

  // The standard's own JSON says the same.
  const answer = await fetch(`${stage.server}/v1/annotations?url=${encodeURIComponent(page)}`, {
    headers: { 'x-grapevine-site': site.publishableKey },
  })
  const { items } = (await answer.json()) as AnnotationPage
  assert.match(JSON.stringify(items), /"exact":"by noon the miller knew"/)

  // The passage goes; what was said of it stays.
  paragraphs = STORY.filter((text) => !text.includes('miller knew'))
  const carol = await enter(stage)
  await visit(carol)
  await until(
    () => textOf(carol, 'li .text'),
    (text) => text === 'How did he know?',
  )
  assert.deepEqual(await highlighted(carol), [])
  await carol.page.locator(inside('[data-act=passage]')).click()
  await until(
    () => textOf(carol, '[role=status]'),
    (words) => words === 'The article does not say this any more.',
  )
  for (const actor of [ann, bob, carol])
    assert.deepEqual(
      actor.faults.filter((fault) => !fault.startsWith('third party')),
      [],
    )
})
