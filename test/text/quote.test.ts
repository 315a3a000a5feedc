import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { about, awsFlag, ofProfile, quoted, trailing } from '../../src/text/quote.ts'

const hostile = [
  '-bob',
  '--undo',
  '--',
  '-',
  '=ls',
  '%self',
  '~',
  '$(id)',
  "it's",
  '!!',
  'a b',
  '*',
  '',
  '日本',
  '{a,b}',
]

describe('a name in a command', () => {
  const shells = ['bash', 'zsh', 'fish'].filter((shell) => {
    try {
      execFileSync(shell, ['-c', 'true'])
      return true
    } catch {
      return false
    }
  })
  it.each(shells)('reaches the command as it is from %s', (shell) => {
    for (const name of hostile)
      expect(execFileSync(shell, ['-c', `echo x${trailing([name])}`, '_']).toString()).toBe(`x ${name}\n`)
  })

  it('stays as it is where nothing needs quotes', () => {
    const plain = ['taro@example.com', 'assignment/A:user:taro@111122223333', 'the%20team', './a=b', '+x']
    expect(plain.map(quoted)).toEqual(plain)
  })
})

describe('a name that looks like a flag', () => {
  it('goes behind all flags of a command of ours', () => {
    expect(about('revoke', ['taro'], ' --undo --file a.yaml')).toBe('sso-reconcile revoke taro --undo --file a.yaml')
    expect(about('revoke', ['-bob'], ' --undo --file a.yaml')).toBe('sso-reconcile revoke --undo --file a.yaml -- -bob')
    expect(about('revoke', ['-bob'])).toBe('sso-reconcile revoke -- -bob')
  })

  it('is the value of a flag where what is behind -- is another command, and for the AWS CLI in one word with it', () => {
    expect([ofProfile('dev'), ofProfile('-dev')]).toEqual(['dev', '--profile -dev'])
    expect([awsFlag('--profile', 'dev'), awsFlag('--profile', '-dev')]).toEqual([
      ['--profile', 'dev'],
      ['--profile=-dev'],
    ])
  })
})
