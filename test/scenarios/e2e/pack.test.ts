import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { environment } from './support/binary.ts'
import { configOf, type Desk, newDesk, newFolder, tree } from './support/desk.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** Runs a command in a folder with a home of its own; gives what it says on stdout, or throws with what it said. */
function command(cwd: string, home: Desk, words: readonly string[], input?: string): string {
  const [program = '', ...rest] = words
  const env = { ...environment(home), npm_config_update_notifier: 'false', npm_config_cache: join(home.home, '.npm') }
  return execFileSync(program, rest, { cwd, env, encoding: 'utf8', stdio: 'pipe', ...(input ? { input } : {}) })
}

describe('the package', () => {
  const desk = newDesk()
  const npm = newDesk()
  let files: string[] = []

  beforeAll(() => {
    // Its build is the one under test; packing must not run another.
    const tarballs = newFolder()
    const packed = command(repository, npm, [
      'npm',
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      tarballs,
    ])
    const [{ filename, files: held }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }]
    files = held.map(({ path }) => path)
    writeFileSync(join(desk.work, 'package.json'), '{ "private": true }\n')
    const install = ['npm', 'install', '--offline', '--no-audit', '--no-fund', join(tarballs, filename)]
    command(desk.work, npm, install)
  })

  test('holds what is needed to run and nothing of how it is made', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/cli.js',
        'dist/THIRD_PARTY_LICENSES.txt',
        'package.json',
        'schema/plan.schema.json',
        'schema/sso.schema.json',
        'sso.yaml',
      ]),
    )
    const foreign = /^(?!(dist|schema|examples)\/|(package\.json|LICENSE|README(\.ja)?\.md|CHANGELOG\.md|sso\.yaml)$)/
    expect(files.filter((path) => foreign.test(path))).toEqual([])
    expect(files.filter((path) => /\.(ts|map)$|(^|\/)(test|src)\//.test(path))).toEqual([])
  })

  test('brings no other package along', () => {
    expect(readdirSync(join(desk.work, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'sso-reconcile',
    ])
    const manifest = JSON.parse(readFileSync(join(desk.work, 'node_modules/sso-reconcile/package.json'), 'utf8'))
    expect(manifest.dependencies ?? {}).toEqual({})
  })

  test('installed, does the journey', () => {
    const installed = (...words: string[]) =>
      command(desk.work, desk, ['npx', '--no-install', 'sso-reconcile', ...words, '--sandbox'])
    expect(installed('plan')).toContain('Plan: 5 to create, 0 to update, 0 to delete, 3 by hand; 0 unchanged.')
    expect(installed('apply', '--yes')).toContain('Applied: 5 created, 0 updated, 0 deleted')
    expect(installed('plan', '--check')).toContain('No changes.')
    const config = configOf(join(desk.work, '.sso-sandbox', 'home'))
    expect(config).toContain('[profile personal]\nsso_session = personal\nsso_account_id = 111122223333\n')
    expect(tree(desk.home).filter((path) => path.startsWith('.aws'))).toEqual([])
  })

  test('gives its schema to editors and programs', () => {
    mkdirSync(join(desk.work, 'sub'))
    const program = "import schema from 'sso-reconcile/schema' with { type: 'json' }; console.log(schema.$schema)"
    const said = command(
      join(desk.work, 'sub'),
      desk,
      [process.execPath, '--no-warnings', '--input-type=module'],
      program,
    )
    expect(said).toBe('http://json-schema.org/draft-07/schema#\n')
  })
})
