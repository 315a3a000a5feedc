import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { findBlocks, holdsOnlyBlocks, removeBlock, type ShellName, setBlock } from '../../../src/local/shell/block.ts'
import { refusedWith } from '../../../src/model/diagnostic.ts'

const owner = 'sso-reconcile'
const zsh = { shell: 'zsh', owner, profile: 'dev' } as const
const block = `# >>> sso-reconcile >>>
# managed by sso-reconcile; edits here will be overwritten
[ -n "\${AWS_PROFILE-}" ] || export AWS_PROFILE='dev'
# <<< sso-reconcile <<<
`
const file = '.zshrc'

describe('writing a block', () => {
  it.each([
    ['an empty file', '', block],
    ['a file', 'alias l=ls\n', `alias l=ls\n\n${block}`],
    ['a last line without line end', 'alias l=ls', `alias l=ls\n\n${block}`],
    ['CRLF stays, the block has LF', 'alias l=ls\r\n', `alias l=ls\r\n\n${block}`],
    ['a block that is there, in place', `a\n${block.replace('dev', 'old')}b\n`, `a\n${block}b\n`],
    ['a block with lines of its own', `a\n${block.replace("'dev'", "'dev'\nexport X=1")}b`, `a\n${block}b`],
    ['a block turned into CRLF', block.replaceAll('\n', '\r\n'), block],
    ['a block without line end', block.slice(0, -1), block],
    [
      'another manifest’s block stays',
      block.replaceAll('sso-reconcile', 'sso-reconcile/work'),
      `${block.replaceAll('sso-reconcile', 'sso-reconcile/work')}\n${block}`,
    ],
  ])('%s', (_name, before, after) => {
    const text = setBlock(before, file, zsh)
    expect(text).toBe(after)
    expect(setBlock(text, file, zsh)).toBe(text)
  })

  test('fish has words of its own, a manifest with a name markers of its own', () => {
    expect(setBlock('', 'config.fish', { shell: 'fish', owner: 'sso-reconcile/my home', profile: 'dev' })).toBe(
      `# >>> sso-reconcile/my home >>>
# managed by sso-reconcile; edits here will be overwritten
set -q AWS_PROFILE; or set -gx AWS_PROFILE 'dev'
# <<< sso-reconcile/my home <<<
`,
    )
  })
})

describe('taking a block away', () => {
  it.each([
    ['text added below keeps its distance', `a\n\n${block}b\n`, 'a\n\nb\n'],
    ['text added below after a blank line', `a\n\n${block}\nb\n`, 'a\n\nb\n'],
    ['text above without a blank line', `a\n${block}\n\nb\n`, 'a\n\n\nb\n'],
    ['nothing to take', 'a\n', 'a\n'],
    ['another manifest’s block stays', block.replaceAll('sso-reconcile', 'sso-reconcile/work'), undefined],
  ])('%s', (_name, before, after) => expect(removeBlock(before, file, zsh)).toBe(after ?? before))

  test('gives back the bytes from before it was added', () => {
    const line = fc.constantFrom('', 'a', ' b ', '# c', 'x\r', "it's", '# >>> conda >>>', '# sso-reconcile >>>')
    const texts = fc.array(line).map((lines) => lines.map((one) => `${one}\n`).join(''))
    const shells = fc.constantFrom<ShellName>('zsh', 'bash', 'fish')
    fc.assert(
      fc.property(texts, shells, fc.string({ unit: 'grapheme' }), (text, shell, profile) => {
        const content = { shell, owner, profile: profile.replace(/[\r\n]/g, '') }
        const [found] = findBlocks(setBlock(text, file, content), file, shell)
        expect(found).toMatchObject({ owner, profile: content.profile, exact: true })
        expect(removeBlock(setBlock(text, file, content), file, content)).toBe(text)
        // Without its last line end a text gets one.
        expect(removeBlock(setBlock(`${text}end`, file, content), file, content)).toBe(`${text}end\n`)
      }),
    )
  })
})

describe('markers that do not pair up are refused, all of them named', () => {
  const [begin, end] = ['# >>> sso-reconcile >>>\n', '# <<< sso-reconcile <<<\n']
  it.each([
    ['no end', `a\n${begin}b\n`, 'begin of sso-reconcile on line 2'],
    ['no begin', `a\n${end}`, 'end of sso-reconcile on line 2'],
    ['the wrong order', end + begin, 'end of sso-reconcile on line 1, begin of sso-reconcile on line 2'],
    [
      'two blocks',
      begin + end + begin + end,
      'begin of sso-reconcile on line 1, end of sso-reconcile on line 2, begin of sso-reconcile on line 3, end of sso-reconcile on line 4',
    ],
    [
      'a block within a block',
      begin + begin.replace('le', 'le/x') + end.replace('le', 'le/x') + end,
      'begin of sso-reconcile on line 1, begin of sso-reconcile/x on line 2, end of sso-reconcile/x on line 3, end of sso-reconcile on line 4',
    ],
    [
      'another’s end',
      begin + end.replace('le', 'le/x'),
      'begin of sso-reconcile on line 1, end of sso-reconcile/x on line 2',
    ],
  ])('%s', (_name, text, found) => {
    for (const act of [() => setBlock(text, file, zsh), () => removeBlock(text, file, zsh)])
      expect(act).toThrow(expect.toSatisfy((thrown) => refusedWith(thrown, 'shell-markers')))
    expect(() => findBlocks(text, file, 'zsh')).toThrow(`found ${found}`)
  })
})

describe('what a block is read as', () => {
  it.each([
    ['as written', block, { profile: 'dev', exact: true }],
    ['with a line more', block.replace('# managed', 'x=1\n# managed'), { profile: 'dev', exact: false }],
    ['with another profile', block.replace('dev', 'prod'), { profile: 'prod', exact: true }],
    ['in CRLF', block.replaceAll('\n', '\r\n'), { profile: 'dev', exact: false }],
    ['without its line', block.replace(/^\[.*\n/m, ''), { exact: false }],
    ['with half of its line', block.replace("dev'", ''), { exact: false }],
  ])('%s', (_name, text, read) => {
    const [found] = findBlocks(text, file, 'zsh')
    expect(found).toEqual({ owner, first: 0, last: text.split('\n').length - 2, ...read })
  })

  it.each([
    ['', true],
    [block, true],
    [`\n${block}\n${block.replaceAll(/(>>>|<<<) sso-reconcile/g, '$1 sso-reconcile/x')}`, true],
    [`# mine\n${block}`, false],
    [block.replace('# managed', 'mine=1\n# managed'), false],
  ])('a file needs no backup when it holds only blocks: %j', (text, ours) =>
    expect(holdsOnlyBlocks(text, file, 'zsh')).toBe(ours),
  )
})
