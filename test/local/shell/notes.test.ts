import { describe, expect, it } from 'vitest'
import { type ShellName, setBlock } from '../../../src/local/shell/block.ts'
import { shellNotes } from '../../../src/local/shell/notes.ts'

const owner = 'sso-reconcile'
const notes = (shell: ShellName, text: string) => shellNotes({ shell, file: 'rc', text, owner })
const codes = (shell: ShellName, text: string) => notes(shell, text).map(({ code, at }) => `${code}:${at?.line}`)

describe('other notes', () => {
  it('another manifest’s block, whether ours is there already or not', () => {
    const other = setBlock('a\n', 'rc', { shell: 'zsh', owner: 'sso-reconcile/work', profile: 'x' })
    expect(codes('zsh', other)).toEqual(['shell-two-blocks:3'])
    const both = setBlock(other, 'rc', { shell: 'zsh', owner, profile: 'dev' })
    expect(notes('zsh', both)[0]?.message).toBe(
      'the block of sso-reconcile/work on line 3 and the block of sso-reconcile at line 8 both set AWS_PROFILE; the first one wins',
    )
  })

  it('CRLF, once', () => expect(codes('bash', 'a\nb\r\nc\r\n')).toEqual(['shell-crlf:2']))
})
