import { describe, expect, it } from 'vitest'
import { revokedNames, withoutRevocation, withRevocation, withTaken } from '../../../src/manifest/edit/revocation.ts'

const since = '2026-11-22T10:00:00Z'

describe('a revocation in the manifest text', () => {
  const head = 'version: 1 # keep\n\nusers:\n  jiro: {}   # and this\n'
  const rows: readonly [string, string, string, string][] = [
    ['a section of its own', head, 'jiro', `${head}\nrevoked:\n  jiro: ${since}\n`],
    ['without a final line end', head.trimEnd(), 'jiro', `${head.trimEnd()}\n\nrevoked:\n  jiro: ${since}`],
    [
      'beside another user',
      `${head}revoked:\n  taro: ${since} # why\n`,
      'jiro',
      `${head}revoked:\n  taro: ${since} # why\n  jiro: ${since}\n`,
    ],
    [
      'between braces',
      `${head}revoked: { taro: ${since} }\n`,
      'jiro',
      `${head}revoked: { taro: ${since}, jiro: ${since} }\n`,
    ],
    ['a name that needs quotes', head, 'no', `${head}\nrevoked:\n  "no": ${since}\n`],
    [
      'with CRLF line ends',
      head.replaceAll('\n', '\r\n'),
      'jiro',
      `${head}\nrevoked:\n  jiro: ${since}\n`.replaceAll('\n', '\r\n'),
    ],
  ]
  it.each(rows)('is added as %s, and taken back to the byte', (_name, text, user, expected) => {
    const added = withRevocation(text, user, { since })
    expect(added).toBe(expected)
    expect(revokedNames(added ?? '')).toContain(user)
    expect(withoutRevocation(added ?? '', user)).toBe(text.endsWith('\n') ? text : `${text}\n`)
  })

  it('replaces the one that stands, and says when it cannot', () => {
    const text = `${head}revoked:\n  jiro: ${since}\n  taro: ${since}\n`
    expect(withRevocation(text, 'jiro', { sessions: since })).toBe(
      `${head}revoked:\n  taro: ${since}\n  jiro: { sessions: ${since} }\n`,
    )
    expect(withoutRevocation(text, 'hanako')).toBeUndefined()
    expect(withRevocation('[]', 'jiro', { since })).toBeUndefined()
  })
})

describe('what a revocation took away', () => {
  const taken = ['membership/devs:jiro', 'assignment/A,b:user:jiro@222233334444']
  const whole = { since, taken }
  const block = [
    '  jiro:',
    `    since: ${since}`,
    '    taken:',
    '      - membership/devs:jiro',
    `      - "${taken[1]}"`,
  ]
  const inline = `{ since: ${since}, taken: [membership/devs:jiro, "${taken[1]}"] }`

  it.each([
    ['as lines of its own', 'version: 1\n', `version: 1\n\nrevoked:\n${block.join('\n')}\n`],
    [
      'below other users',
      `revoked:\n  taro: ${since} # why\n`,
      `revoked:\n  taro: ${since} # why\n${block.join('\n')}\n`,
    ],
    ['between braces', `revoked: { taro: ${since} }\n`, `revoked: { taro: ${since}, jiro: ${inline} }\n`],
    ['in an empty section', 'revoked: {}\n', `revoked: { jiro: ${inline} }\n`],
  ])('is written %s, and goes with the revocation', (_name, text, expected) => {
    const added = withRevocation(text, 'jiro', whole)
    expect(added).toBe(expected)
    expect(revokedNames(withoutRevocation(added ?? '', 'jiro') ?? '')).not.toContain('jiro')
  })

  it.each([
    ['to a time alone', `revoked:\n  jiro: ${since} # why\n`, `revoked:\n  jiro: ${inline} # why\n`],
    [
      'to what is there',
      `revoked:\n  jiro: # why\n    since: ${since}\n    taken: # these\n      - membership/ops:jiro # one\n  taro: ${since}\n`,
      `revoked:\n  jiro: # why\n    since: ${since}\n    taken: # these\n      - membership/ops:jiro # one\n      - membership/devs:jiro\n      - "${taken[1]}"\n  taro: ${since}\n`,
    ],
    [
      'to a list between brackets',
      `revoked:\n  jiro: { since: ${since}, taken: [membership/ops:jiro] } # why\n`,
      `revoked:\n  jiro: { since: ${since}, taken: [membership/ops:jiro, membership/devs:jiro, "${taken[1]}"] } # why\n`,
    ],
    [
      'to an entry without any',
      `revoked:\n  jiro:\n    since: ${since} # when\n`,
      `revoked:\n  jiro:\n    since: ${since} # when\n    taken:\n      - membership/devs:jiro\n      - "${taken[1]}"\n`,
    ],
  ])('is added %s, with every other byte as it was', (_name, text, expected) => {
    expect(withTaken(text, 'jiro', taken)).toBe(expected)
  })
})

describe('a comment beside the last entry', () => {
  it.each([
    ['on the line of the section', `revoked: # ended\n  jiro: ${since}\n`, 'revoked: {} # ended\n'],
    ['above it', `revoked:\n  # ticket 47\n  jiro: ${since} # why\n`, 'revoked: {}\n  # ticket 47\n'],
    [
      'below it',
      `revoked:\n  jiro: ${since}\n\n  # nobody else\nusers: {}\n`,
      'revoked: {}\n\n  # nobody else\nusers: {}\n',
    ],
    ['behind the braces', `revoked: { jiro: ${since} } # nobody yet\n`, 'revoked: {  } # nobody yet\n'],
  ])('stays, with the section: %s', (_where, text, expected) => {
    expect(withoutRevocation(text, 'jiro')).toBe(expected)
  })

  it('of another section does not keep this one', () => {
    const text = `version: 1\n\nrevoked:\n  jiro: ${since}\n# people\nusers: {}\n`
    expect(withoutRevocation(text, 'jiro')).toBe('version: 1\n\n# people\nusers: {}\n')
  })
})
