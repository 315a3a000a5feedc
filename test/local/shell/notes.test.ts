import { describe, expect, it } from 'vitest'
import { type ShellName, setBlock } from '../../../src/local/shell/block.ts'
import { loginNotes, shellNotes } from '../../../src/local/shell/notes.ts'

const owner = 'sso-reconcile'
const notes = (shell: ShellName, text: string) => shellNotes({ shell, file: 'rc', text, owner })
const codes = (shell: ShellName, text: string) => notes(shell, text).map(({ code, at }) => `${code}:${at?.line}`)

describe('a line of a person’s own that sets AWS_PROFILE', () => {
  it.each<[ShellName, string, boolean]>([
    ['zsh', 'export AWS_PROFILE=dev', true],
    ['zsh', '  export AWS_REGION=x AWS_PROFILE="dev" # mine', true],
    ['bash', 'AWS_PROFILE=dev; export AWS_PROFILE', true],
    ['bash', 'declare -x AWS_PROFILE=dev', true],
    ['zsh', '[ -n "$SSH" ] && export AWS_PROFILE=dev', true],
    ['zsh', 'if true; then export AWS_PROFILE="$(cat ~/.profile-name)"; fi', true],
    ['zsh', '# export AWS_PROFILE=dev', false],
    ['zsh', 'echo $AWS_PROFILE', false],
    ['zsh', "alias prod='AWS_PROFILE=prod aws'", false],
    ['zsh', "alias prod='export AWS_PROFILE=prod'", false],
    ['zsh', 'AWS_PROFILE=prod aws s3 ls', false],
    ['zsh', 'use() { export AWS_PROFILE=$1 }', false],
    ['zsh', 'export AWS_PROFILE="$1"', false],
    ['zsh', 'unset AWS_PROFILE', false],
    ['zsh', 'export AWS_PROFILE_DEFAULT=x', false],
    ['fish', 'set -gx AWS_PROFILE dev', true],
    ['fish', 'set -q X; and set --export --global AWS_PROFILE dev', true],
    ['fish', 'export AWS_PROFILE=dev', true],
    ['fish', 'set -q AWS_PROFILE; or true', false],
    ['fish', 'set -e AWS_PROFILE', false],
    ['fish', 'set -gx AWS_PROFILE $argv[1]', false],
  ])('%s: %s', (shell, line, found) =>
    expect(codes(shell, `\n${line}\n`)).toEqual(found ? ['shell-own-profile:2'] : []),
  )

  it('is not one of ours', () => {
    for (const shell of ['zsh', 'bash', 'fish'] as const)
      expect(codes(shell, setBlock('', 'rc', { shell, owner, profile: 'dev' }))).toEqual([])
  })
})

describe('other notes', () => {
  it('another manifest’s block, whether ours is there already or not', () => {
    const other = setBlock('a\n', 'rc', { shell: 'zsh', owner: 'sso-reconcile/work', profile: 'x' })
    expect(codes('zsh', other)).toEqual(['shell-two-blocks:3'])
    const both = setBlock(other, 'rc', { shell: 'zsh', owner, profile: 'dev' })
    expect(notes('zsh', both)[0]?.message).toBe(
      'the block of sso-reconcile/work on line 3 sets AWS_PROFILE as well as that of sso-reconcile at line 8; the first one wins',
    )
  })

  it('CRLF, once', () => expect(codes('bash', 'a\nb\r\nc\r\n')).toEqual(['shell-crlf:2']))

  it.each([
    ['the first that exists counts', ['. ~/.bashrc', undefined, 'x'], undefined],
    [
      'also where it is the last',
      [undefined, undefined, '[ -f "$HOME/.bashrc" ] && source "$HOME/.bashrc"'],
      undefined,
    ],
    ['a comment is not enough', ['# . ~/.bashrc', '. ~/.bashrc', undefined], '.bash_profile does not read .bashrc'],
    ['none at all', [undefined, undefined, undefined], '.bash_profile does not exist'],
  ])('login files of bash: %s', (_name, texts, found) => {
    const names = ['.bash_profile', '.bash_login', '.profile']
    const [note] = loginNotes(names.map((file, n) => ({ file, text: texts[n] })))
    expect(note?.message.split(',')[0]).toBe(found)
  })
})
