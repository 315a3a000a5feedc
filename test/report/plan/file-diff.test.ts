import { describe, expect, it } from 'vitest'
import { masked } from '../../../src/report/mask.ts'
import { fileDiff } from '../../../src/report/plan/file-diff.ts'

const path = '/home/taro/.aws/config'

describe('the change to a file', () => {
  it('is a unified diff', () => {
    const before = '[profile a]\nx = 1\n\n[profile b]\ny = 2\n  deep\n'
    expect(fileDiff({ path, before, after: before.replace('y = 2\n', 'y = 3\n') })).toEqual([
      `--- ${path}`,
      `+++ ${path}`,
      '@@ -2,5 +2,5 @@',
      ' x = ********',
      ' ',
      ' [profile b]',
      '-y = 2',
      '+y = 3',
      ' ********',
    ])
  })

  it('hides what stands around it and what runs on in a section that goes', () => {
    const before =
      '# hunter1\nexport MYSQL_PWD=hunter2\ncurl -u me:hunter3\n[profile a]\ncredential_process = x\n  --pw hunter4\n'
    const text = fileDiff({ path, before, after: before.slice(0, before.indexOf('[')) }).join('\n')
    expect(text).toContain('-[profile a]')
    expect(text).not.toContain('hunter')
  })

  it.each([
    ['of a new file', undefined, 'x\n', ['--- /dev/null', `+++ ${path}`, '@@ -0,0 +1 @@', '+x']],
    ['of an empty file', '', 'x\n', [`--- ${path}`, `+++ ${path}`, '@@ -0,0 +1 @@', '+x']],
    ['that is none', 'x\n', 'x\n', []],
    ['that is none, without a file', undefined, '', []],
    [
      'of a last line without line end',
      'x',
      'x\n',
      [`--- ${path}`, `+++ ${path}`, '@@ -1 +1 @@', '-x', '\\ No newline at end of file', '+x'],
    ],
    ['of line ends alone', 'x\r\n', 'x\n', [`--- ${path}`, `+++ ${path}`, '@@ -1 +1 @@', '-x\\u{d}', '+x']],
    [
      'with control characters',
      '\u001b[31mx\n',
      '\u001b[31mx\ny\n',
      [`--- ${path}`, `+++ ${path}`, '@@ -1 +1,2 @@', ' ********', '+y'],
    ],
  ])('%s', (_name, before, after, lines) => expect(fileDiff({ path, before, after })).toEqual(lines))

  it('is not worked out for ever', () => {
    const text = (word: string) => Array.from({ length: 12_000 }, (_one, n) => `${word}${n}\n`).join('')
    expect(fileDiff({ path, before: text('a'), after: text('b') }).at(-1)).toBe(
      '(too many changes to show line by line)',
    )
  })
})

describe('what may be secret', () => {
  it.each([
    ['aws_secret_access_key = wJalrXUtnFEMI', 'aws_secret_access_key = ********'],
    ['AWS_SESSION_TOKEN: a b c', 'AWS_SESSION_TOKEN: ********'],
    ['aws_access_key_id=AKIAIOSFODNN7EXAMPLE', 'aws_access_key_id=********'],
    ['credential_process = /bin/get --for me', 'credential_process = ********'],
    ['export GITHUB_TOKEN="abc" # mine', 'export GITHUB_TOKEN=********'],
    ['set -gx OPENAI_API_KEY abc', 'set -gx OPENAI_API_KEY ********'],
    ['curl --password hunter2 https://x', 'curl --password ********'],
    ['alias p="psql postgres://me:hunter2@db/x"', 'alias p="psql postgres://********@db/x"'],
    ['x = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'x = ********'],
    ['x = ASIAIOSFODNN7EXAMPLE', 'x = ********'],
    ['x = 5f1c9a0e77b1c2d45f1c9a0e77b1c2d4', 'x = ********'],
  ])('%s', (line, shown) => expect(masked(line)).toBe(shown))

  it.each([
    '[profile dev-admin]',
    'sso_start_url = https://d-1234567890.awsapps.com/start',
    'sso_start_url = https://identitycenter.amazonaws.com/ssoins-1234567890abcdef',
    'sso_account_id = 111122223333',
    'sso_role_name = AdministratorAccess',
    'sso_registration_scopes = sso:account:access',
    'sso_session = personal',
    `[ -n "\${AWS_PROFILE-}" ] || export AWS_PROFILE='dev'`,
    '# >>> sso-reconcile/home >>>',
  ])('what the tool writes is shown: %s', (line) => expect(masked(line)).toBe(line))
})
