import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { code, fenced, htmlCode, inline, tableRow } from '../../src/report/markdown.ts'
import { shapeOf } from '../scenarios/hostile/readers/markdown.ts'

describe('a name in Markdown becomes no more than text', () => {
  it.each([
    ['a mention', '@user', '`@user`'],
    ['a team', '(@org/team)', '(`@org/team`)'],
    ['an address of e-mail', 'taro@example.com,', '`taro@example.com`,'],
    ['an issue', '#12', '#&#8203;12'],
    ['an issue of another repository', 'owner/repo#1', '`owner/repo#1`'],
    ['an issue by its old name', 'gh-12', '`gh-12`'],
    ['an advisory', 'CVE-2021-44228', '`CVE-2021-44228`'],
    ['an advisory of GitHub', '(GHSA-jfh8-c2jp-5v3q)', '(`GHSA-jfh8-c2jp-5v3q`)'],
    ['an advisory beside markup', 'a*CVE-2021-44228', 'a\\*CVE-&#8203;2021-44228'],
    ['a commit', 'deadbee', '`deadbee`'],
    [
      'a commit of another repository',
      'owner/repo@a5c3785ed8d6a35868bc169f07e40e889087fd2e',
      '`owner/repo@a5c3785ed8d6a35868bc169f07e40e889087fd2e`',
    ],
    ['an account id, which looks like a commit', 'dev (111122223333)', 'dev (`111122223333`)'],
    ['a page', 'https://evil.example/x', '`https://evil.example/x`'],
    ['a page without a scheme', 'WWW.evil.example', '`WWW.evil.example`'],
    ['another protocol', 'mailto:a@b.example', '`mailto:a@b.example`'],
    ['a script', 'javascript:alert(1)', 'javascript:alert(1)'],
    ['a literal link', '<https://evil.example>', '\\<https:&#8203;//evil.example\\>'],
    ['a link', '[x](http://evil.example)', '\\[x\\](http:&#8203;//evil.example)'],
    ['a footnote', '[^1]', '\\[^1\\]'],
    ['a picture', '![x](y)', '\\!\\[x\\](y)'],
    ['an alert', '> [!NOTE]', '\\> \\[\\!NOTE\\]'],
    ['an emoji by name', ':tada:', '`:tada`:'],
    ['a formula', '$x$', '`$x$`'],
    ['a formula of several words', '$ x $', '`$` x `$`'],
    ['a chip of colour', '#ff0000', '#&#8203;ff0000'],
    ['an entity', '&lt;b&gt; &#64;user', '\\&lt;b\\&gt; \\&#&#8203;64;user'],
    ['a table', 'a|b', 'a\\|b'],
    ['a heading', '# title', '`#` title'],
    ['a rule', '---', '\\---'],
    ['a line end', 'a\nb', 'a\\u{a}b'],
    ['a direction', 'a\u202eb', 'a\\u{202e}b'],
    ['a code span that it opens itself', 'a` @user `b', 'a\\` `@user` \\`b'],
    ['what stands beside a backtick', '`@user', '\\`@&#8203;user'],
    ['what stands beside an escape', '\\@user \\www.x', '\\\\@&#8203;user \\www&#8203;.x'],
    ['a merge request, a label and an epic of GitLab', '!12 ~bug &3', '\\!12 \\~bug \\&3'],
    ['a milestone of GitLab', '%12 %"v1.0" group/proj%5', '\\%12 \\%"v1.0" group/proj\\%5'],
    ['and a share of a hundred', '99 % of 5%', '99 % of 5%'],
    [
      'a reference of GitLab in brackets',
      '[issue:5] [work_item:g/p/5]',
      '\\[&#8203;issue:5\\] \\[&#8203;work\\_item:g/p/5\\]',
    ],
    ['a change that GitLab colours', '{+new+} [-old-] {-x-}', '{&#8203;+new+} \\[&#8203;-old-\\] {&#8203;-x-}'],
    ['an order of words', '**a** _b_ ~~c~~', '\\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~'],
  ])('%s', (_what, text, markdown) => {
    expect(inline(text)).toBe(markdown)
  })

  it('and no star or underscore of an ARN is emphasis, whatever it stands beside', () => {
    const piece = fc.constantFrom(
      '*',
      '_',
      '**',
      '__',
      'a',
      ' ',
      '/',
      ':',
      '::',
      'arn:aws:s3:::',
      's3:Get',
      '?',
      ',',
      '(',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = `x${pieces.join('')}x`
        expect(shapeOf(`# May ${inline(text)}`)).toEqual(['root', ' heading 1', '  words'])
      }),
    )
  })

  it('and stays in one cell', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('|', '\\', '`', '\n', '\r', ' ', 'a', '@', '#') }), (text) => {
        const row = tableRow([inline(text), code(text), 'end'])
        expect(row).not.toMatch(/[\r\n]/)
        // A bar counts where no backslash is right before it.
        expect(row.match(/(?<!\\)\|/g)).toHaveLength(4)
      }),
    )
  })
})

describe('a name as code', () => {
  it.each([
    ['is a span where it can be', 'user/taro@example.com', '`user/taro@example.com`'],
    ['is an element where it would end the span', 'a`b www.x', '<code>a\\`b www&#8203;.x</code>'],
    ['shows no chip of colour', '#ff0000', '<code>#&#8203;ff0000</code>'],
    ['has its steering characters written out', 'a\u202eb', '<code>a\\u{202e}b</code>'],
    ['can hold a dollar sign without being a formula', 'a $x$', '<code>a <span>$</span>x<span>$</span></code>'],
    [
      'hides no address in an element',
      '<mailto:a@b.c> deadbeef',
      '<code>\\<mailto&#8203;:a@&#8203;b.c\\> deadbe&#8203;ef</code>',
    ],
  ])('%s', (_what, text, markdown) => {
    expect(code(text)).toBe(markdown)
  })

  it('is HTML inside of HTML', () => {
    expect(htmlCode('a_b <i>\n@user')).toBe('<code>a_b &lt;i&gt;\\u{a}@user</code>')
  })
})

it('lines in a fence stay lines and cannot close it', () => {
  expect(fenced('diff', ['+ ```\n````', '- ~~~\u202e', '\tx'])).toEqual([
    '`````diff',
    '+ ```\\u{a}````',
    '- ~~~\\u{202e}',
    '\tx',
    '`````',
  ])
})
