import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { awsConfigPath, credentialsPath } from '../../../src/local/aws-config/paths.ts'

const env = { DIR: '/d', EMPTY: '', NESTED: '$DIR', TILDE: '~/x' }
const rows: [named: string, path: string][] = [
  ['/etc/aws', '/etc/aws'],
  ['relative/config', 'relative/config'],
  ['~', '/home/me'],
  ['~/aws/config', '/home/me/aws/config'],
  ['$DIR/config', '/d/config'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell variable
  ['${DIR}/config', '/d/config'],
  ['$DIRX/config', '$DIRX/config'],
  ['$DIR-x', '/d-x'],
  ['a$EMPTY', 'a'],
  ['$NESTED/x', '$DIR/x'],
  ['$TILDE/y', '/home/me/x/y'],
  ['a/~/b', 'a/~/b'],
  ['$', '$'],
  ['${', '${'],
]

describe('AWS_CONFIG_FILE', () => {
  test.each(rows)('%s', (named, path) => {
    expect(awsConfigPath({ ...env, AWS_CONFIG_FILE: named }, '/home/me')).toBe(path)
    expect(credentialsPath({ ...env, AWS_SHARED_CREDENTIALS_FILE: named }, '/home/me/')).toBe(path)
  })

  const python = spawnSync('python3', ['-c', '']).status === 0
  if (!python) process.stderr.write('skipped: paths as Python expands them (python3 is not installed)\n')
  test.skipIf(!python)('as Python expands it', () => {
    const program =
      'import json,os,sys; print(json.dumps([os.path.expanduser(os.path.expandvars(p)) for p in json.load(sys.stdin)]))'
    const input = JSON.stringify(rows.map(([named]) => named))
    const run = spawnSync('python3', ['-c', program], {
      input,
      encoding: 'utf8',
      env: { ...env, PATH: process.env.PATH, HOME: '/home/me' },
    })
    expect(JSON.parse(run.stdout)).toEqual(rows.map(([, path]) => path))
  })
})

test('without variables the files are in the home', () => {
  expect(awsConfigPath({}, '/home/me')).toBe('/home/me/.aws/config')
  expect(awsConfigPath({ AWS_CONFIG_FILE: '' }, '/home/me/')).toBe('/home/me/.aws/config')
  expect(credentialsPath({}, '/home/me')).toBe('/home/me/.aws/credentials')
})

test.each([
  ['~someone/config', {}],
  ['~someone', {}],
  ['$WHERE/config', { WHERE: '~someone' }],
])('the home of another user is refused: %s', (named, more) => {
  expect(() => awsConfigPath({ ...more, AWS_CONFIG_FILE: named }, '/home/me')).toThrow(
    /^AWS_CONFIG_FILE is .*another user/,
  )
  expect(() => credentialsPath({ ...more, AWS_SHARED_CREDENTIALS_FILE: named }, '/home/me')).toThrow(
    /^AWS_SHARED_CREDENTIALS_FILE is .*another user/,
  )
})
