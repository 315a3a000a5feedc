import { describe, expect, it } from 'vitest'
import { revokedNames, withoutRevocation, withRevocation } from '../../src/manifest/edit/revocation.ts'

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
