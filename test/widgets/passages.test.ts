import { expect } from '@open-wc/testing'
import { ArticleText } from '../../widgets/comments/passages/article-text.ts'
import { describePassage } from '../../widgets/comments/passages/describe-passage.ts'
import { highlightRanges } from '../../widgets/comments/passages/highlight.ts'
import { locatePassage } from '../../widgets/comments/passages/locate-passage.ts'

const STORY = `It was the grape harvest that year, and the road to the river was full of carts. Nobody spoke of the letter.
The postman had read it aloud in the square; by noon the miller knew, and by evening the whole valley. Some said
that the miller had added a sentence of his own. Nobody spoke of the letter. In the morning the road was empty, and the
carts stood in the yard as if they had never been anywhere.`

const passage = (text: string, words: string, nth = 0) => {
  let start = text.indexOf(words)
  for (let i = 0; i < nth; i++) start = text.indexOf(words, start + 1)
  const anchor = describePassage(text, start, start + words.length)
  if (!anchor) throw new Error(`${words} cannot be described`)
  return anchor
}
const found = (text: string, anchor: ReturnType<typeof passage>) => {
  const place = locatePassage(text, anchor)
  return place && text.slice(place.start, place.end)
}

/** Chance that repeats itself. */
function chance(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('a passage of an article', () => {
  it('is found where it stands, and again after words before it were changed', () => {
    const anchor = passage(STORY, 'by noon the miller knew')
    expect(found(STORY, anchor)).to.equal('by noon the miller knew')
    expect(found(`A word before. ${STORY.replace('full of carts', 'crowded')}`, anchor)).to.equal(
      'by noon the miller knew',
    )
  })

  it('is found after it was itself edited a little', () => {
    const anchor = passage(STORY, 'the miller had added a sentence of his own')
    const edited = STORY.replace('had added a sentence of his own', 'added one sentence of his own')
    expect(found(edited, anchor)).to.contain('added one sentence of his own')
  })

  it('is told from the same words elsewhere by what stands around it', () => {
    const second = passage(STORY, 'Nobody spoke of the letter', 1)
    const place = locatePassage(`Here is a new beginning.\n${STORY}`, { ...second, start: 0, end: 0 })
    expect(place?.start).to.equal(STORY.lastIndexOf('Nobody spoke') + 'Here is a new beginning.\n'.length)
  })

  it('is told from the same words elsewhere by where it was, when nothing else tells', () => {
    const text = 'again '.repeat(200)
    const anchor = { exact: 'again', prefix: '', suffix: '', start: 600, end: 605 }
    expect(locatePassage(text, anchor)?.start).to.equal(600)
  })

  it('is gone when it was taken out, and is not looked for in what is only short', () => {
    const anchor = passage(STORY, 'by evening the whole valley')
    expect(found(STORY.replace('and by evening the whole valley', ''), anchor)).to.equal(null)
    expect(found('Something else entirely, about ships.', passage(STORY, 'road'))).to.equal(null)
  })

  it('is found again after any edit that leaves it whole (500 articles, edited at random)', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const random = chance(seed)
      const words = Array.from({ length: 120 }, () => `w${random(40)}${'abcde'[random(5)]}`)
      const from = random(100)
      const to = from + 3 + random(12)
      const text = words.join(' ')
      const before = words.slice(0, from).join(' ')
      const start = before.length + (from > 0 ? 1 : 0)
      const exact = words.slice(from, to).join(' ')
      const anchor = describePassage(text, start, start + exact.length)
      const edit = (part: string[]) =>
        part.flatMap((word) => (random(8) === 0 ? [] : random(8) === 0 ? [word, `new${random(9)}`] : [word]))
      const edited = [...edit(words.slice(0, from)), ...words.slice(from, to), ...edit(words.slice(to))]
      const result = edited.join(' ')
      expect(anchor && found(result, anchor), `seed ${seed}`).to.equal(exact)
    }
  })

  it('that is blank or too long cannot be spoken of; spaces around it do not belong to it', () => {
    expect(describePassage('  \n ', 0, 4)).to.equal(undefined)
    expect(describePassage('x'.repeat(3000), 0, 2001)).to.equal(undefined)
    expect(describePassage('a  word  b', 1, 8)?.exact).to.equal('word')
    const cut = describePassage(`${'x'.repeat(10)}😀abc${'y'.repeat(60)}`, 12, 15)
    expect(cut?.prefix).not.to.match(/^[\udc00-\udfff]|[\ud800-\udbff]$/)
  })
})

describe('the text of an article', () => {
  const article = () => {
    const root = document.createElement('article')
    const paragraph = document.createElement('p')
    paragraph.append(
      'It was ',
      Object.assign(document.createElement('em'), { textContent: 'the harvest' }),
      ' then.',
    )
    const script = Object.assign(document.createElement('script'), {
      type: 'text/plain',
      textContent: 'no text',
    })
    root.append('First. ', paragraph, script, document.createElement('grapevine-count'), 'Last.')
    document.body.append(root)
    return root
  }

  it('leaves out what is no text, and leads back to the page', () => {
    const root = article()
    const { text } = new ArticleText(root)
    expect(text).to.equal('First. It was the harvest then.Last.')
    const range = new ArticleText(root).rangeOf(text.indexOf('was'), text.indexOf(' then'))
    expect(range.toString()).to.equal('was the harvest')
    expect(new ArticleText(root).placeOf(range)).to.deep.equal({ start: 10, end: 25 })
    root.remove()
  })

  it('knows a selection that begins and ends between elements', () => {
    const root = article()
    const range = document.createRange()
    range.selectNodeContents(root.querySelector('em') as Element)
    expect(new ArticleText(root).placeOf(range)).to.deep.equal({ start: 14, end: 25 })
    root.remove()
  })

  it('is highlighted without a change to the page’s elements', () => {
    const root = article()
    const before = root.innerHTML
    const text = new ArticleText(root)
    highlightRanges([text.rangeOf(7, 20)])
    expect(root.innerHTML).to.equal(before)
    expect(CSS.highlights.get('grapevine-passage')?.size).to.equal(1)
    highlightRanges([])
    expect(CSS.highlights.has('grapevine-passage')).to.equal(false)
    root.remove()
  })

  it('is highlighted by marks where the browser knows no highlights, and they can be taken away again', () => {
    const root = article()
    const known = Object.getOwnPropertyDescriptor(CSS, 'highlights')
    const plain = root.textContent
    Reflect.deleteProperty(CSS, 'highlights')
    try {
      if ('highlights' in CSS) return // this browser does not let us pretend
      highlightRanges([new ArticleText(root).rangeOf(7, 20)])
      expect([...root.querySelectorAll('mark')].map((mark) => mark.textContent).join('')).to.equal(
        'It was the ha',
      )
      expect(root.textContent).to.equal(plain)
      highlightRanges([])
      expect(root.querySelector('mark')).to.equal(null)
      expect(root.textContent).to.equal(plain)
    } finally {
      if (known) Object.defineProperty(CSS, 'highlights', known)
      root.remove()
    }
  })
})
