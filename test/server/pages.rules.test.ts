import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '../../server/errors.ts'
import { pageIdentity, sharedUrl, withCode } from '../../server/pages/rules.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'

const identityOf = (text: string) => {
  const url = new URL(text)
  return pageIdentity(sharedUrl(text, [url.origin]))
}

test('one page has one identity, however its URL is decorated or spelt', () => {
  const page = 'https://example.com/a%20b/c?x=1&y=%C3%A4'
  const same = [
    'https://example.com/a%20b/c/?x=1&y=%C3%A4',
    'https://example.com/a%20b/c?x=1&y=%c3%a4',
    'https://example.com/a b/c?x=1&y=ä',
    'https://example.com/%61%20b/%63?%78=1&y=%C3%A4',
    'https://example.com/q/../a%20b/./c?x=1&y=%C3%A4',
    'https://example.com/a%20b/c?x=1&y=%C3%A4#part',
    'https://example.com/a%20b/c?x=1&y=%C3%A4#:~:text=found',
    'https://example.com/a%20b/c?gv=abcdef0123456789&x=1&y=%C3%A4',
    'https://example.com/a%20b/c?x=1&utm_source=a&utm_anything=b&y=%C3%A4',
    'https://example.com/a%20b/c?x=1&y=%C3%A4&fbclid=1&gclid=2&msclkid=3&UTM_Medium=x',
    'https://example.com/a%20b/c?x=1&&y=%C3%A4&',
    'https://example.com/a%20b/c?x=1&y=%C3%A4&%75tm_source=x&g%76=y',
    'http://example.com/a%20b/c?x=1&y=%C3%A4',
    'https://www.example.com/a%20b/c?x=1&y=%C3%A4',
    'https://EXAMPLE.com:443/a%20b/c?x=1&y=%C3%A4',
    'http://example.com:80/a%20b/c?x=1&y=%C3%A4',
  ]
  for (const url of same) assert.equal(identityOf(url), identityOf(page), url)
})

test('other pages have other identities', () => {
  const others = [
    'https://example.com/',
    'https://example.com/A',
    'https://example.com/a',
    'https://example.com/a%2Fb',
    'https://example.com/a/b',
    'https://example.com/a?x',
    'https://example.com/a?x=',
    'https://example.com/a?x=1&y=2',
    'https://example.com/a?y=2&x=1',
    'https://example.com/a?x=1&x=2',
    'https://example.com/a?utmost=1',
    'https://example.com/a?gvx=1',
    'https://example.com:8443/a',
    'https://example.org/a',
    'https://blog.example.com/a',
    'https://bücher.example/a',
  ]
  assert.equal(new Set(others.map(identityOf)).size, others.length)
})

test('an empty query, and an international name in either spelling, make no other page', () => {
  assert.equal(identityOf('https://example.com/a?'), identityOf('https://example.com/a'))
  assert.equal(identityOf('https://example.com/?utm_source=x'), identityOf('https://example.com'))
  assert.equal(identityOf('https://bücher.example/'), identityOf('https://xn--bcher-kva.example'))
})

test('what is passed on keeps query and fragment to the byte, less what tracks', () => {
  const cases: [string, string][] = [
    ['https://example.com/a?b=%c3%a4+x&utm_source=x&c#d?e', 'https://example.com/a?b=%c3%a4+x&c#d?e'],
    ['https://example.com/a?gv=x', 'https://example.com/a'],
    ['https://example.com/a?b=gv=1&gv', 'https://example.com/a?b=gv=1'],
    ['https://example.com/?%zz=1&gv=2', 'https://example.com/?%zz=1'],
  ]
  for (const [text, shared] of cases) assert.equal(sharedUrl(text, ['https://example.com']).href, shared)
})

test('what is no page of the site is refused', () => {
  const origins = ['https://example.com']
  const refused = [
    '',
    'x',
    '/a',
    '//example.com/a',
    'example.com',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.com/',
    'http://example.com/',
    'https://example.com:8443/',
    'https://www.example.com/',
    'https://example.com.evil.example/',
    'https://user@example.com/',
    'https://user:secret@example.com/',
    `https://example.com/${'x'.repeat(2000)}`,
    `https://example.com/${'ä'.repeat(700)}`,
  ]
  for (const text of refused)
    assert.throws(
      () => sharedUrl(text, origins),
      (error) => error instanceof AppError && error.field === 'url',
      text,
    )
})

test('on every URL of the web platform’s tests, identity is stable and nothing but a refusal is thrown', {
  skip: withoutCorpora,
}, () => {
  const cases = (
    JSON.parse(corpusText('url/wpt-urltestdata.json')) as (string | { input: string; base: string | null })[]
  ).filter((one) => typeof one !== 'string')
  let pages = 0
  for (const { input, base } of cases) {
    for (const text of [input, URL.parse(input, base ?? undefined)?.href ?? '']) {
      const origin = URL.parse(text)?.origin ?? ''
      let url: URL
      try {
        url = sharedUrl(text, [origin])
      } catch (error) {
        assert.ok(error instanceof AppError, `${text}: ${error}`)
        continue
      }
      pages++
      assert.equal(sharedUrl(url.href, [origin]).href, url.href, text)
      const identity = pageIdentity(url)
      assert.equal(pageIdentity(new URL(`${url.protocol}//${identity}`)), identity, text)
      const coded = withCode(url.href, 'abcdef0123456789')
      assert.deepEqual(new URL(coded).searchParams.getAll('gv'), ['abcdef0123456789'], text)
      assert.equal(
        sharedUrl(coded, [origin]).href.replace(/\?(?=#|$)/, ''),
        url.href.replace(/\?(?=#|$)/, ''),
        text,
      )
    }
  }
  assert.ok(pages > 200, `${pages}`)
})

test('a link carries its code once, before the fragment', () => {
  const code = 'abcdef0123456789'
  const cases: [string, string, string][] = [
    ['https://example.com/', '', 'https://example.com/?gv=CODE'],
    ['https://example.com/a?b=1', '', 'https://example.com/a?b=1&gv=CODE'],
    ['https://example.com/a#b?c', '', 'https://example.com/a?gv=CODE#b?c'],
    ['https://example.com/a?b#c', '?d=1', 'https://example.com/a?b&d=1&gv=CODE#c'],
    ['https://example.com/a', '?gv=other&g%76=another', 'https://example.com/a?gv=CODE'],
    ['https://example.com/a', '?', 'https://example.com/a?gv=CODE'],
  ]
  for (const [url, query, link] of cases) assert.equal(withCode(url, code, query), link.replace('CODE', code))
})
