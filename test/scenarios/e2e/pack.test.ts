import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { isFull } from '../../support/effort.ts'
import { environment } from './support/binary.ts'
import { configOf, type Desk, newDesk, newFolder, tree } from './support/desk.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** Runs a command in a folder with a home of its own; gives what it says on stdout, or throws with what it said. */
function command(cwd: string, home: Desk, words: readonly string[], input?: string): string {
  const [program = '', ...rest] = words
  const env = { ...environment(home), npm_config_update_notifier: 'false', npm_config_cache: join(home.home, '.npm') }
  return execFileSync(program, rest, { cwd, env, encoding: 'utf8', stdio: 'pipe', ...(input ? { input } : {}) })
}

/** What `npm pack --json` tells of a package, as far as it is looked at. */
interface Packed {
  readonly filename: string
  /** Bytes of the tarball, and of what it holds. */
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string; readonly mode: number }[]
}

/** Every file below a folder of the repository, by its path from there. */
function below(folder: string): string[] {
  return readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(repository.length))
}

/** Versions of Node that the package is tried with besides the one that runs the tests: the floor, and those that are supported. */
const versions = ['20.19.6', '22.23.3', '24.21.0']

/** Folders that hold a `node` each, between commas; where none are named they are fetched, but only in a run that leaves nothing out. */
const named = (process.env.SSO_RECONCILE_NODES ?? '').split(',').filter(Boolean)
if (named.length === 0 && !isFull)
  process.stdout.write(
    `skipped: the package with Node ${versions.join(', ')} (SSO_RECONCILE_NODES names folders that hold them, SSO_RECONCILE_TESTS=full fetches them)\n`,
  )

/** Fetches a version of Node from where npm fetches packages; undefined where that is not to be had, which is printed. */
function fetched(version: string): string | undefined {
  const folder = newFolder()
  const name = `node-${process.platform}-${process.arch}@${version}`
  try {
    const tarball = execFileSync('npm', ['pack', '--silent', name], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()
    execFileSync('tar', ['-xzf', tarball], { cwd: folder })
    return join(folder, 'package/bin')
  } catch (thrown) {
    process.stdout.write(
      `skipped: the package with Node ${version} (${name} is not to be had: ${(thrown as Error).message.split('\n')[0]})\n`,
    )
    return undefined
  }
}

describe('the package', () => {
  const desk = newDesk()
  const npm = newDesk()
  let packed: Packed
  let tarball = ''

  beforeAll(() => {
    // Its build is the one under test; packing must not run another.
    const tarballs = newFolder()
    const pack = ['npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', tarballs]
    const [first] = Object.values(JSON.parse(command(repository, npm, pack)) as Record<string, Packed>)
    if (!first) throw new Error('npm packed nothing')
    packed = first
    tarball = join(tarballs, packed.filename)
    writeFileSync(join(desk.work, 'package.json'), '{ "private": true }\n')
    command(desk.work, npm, ['npm', 'install', '--offline', '--no-audit', '--no-fund', tarball])
  })

  test('holds what is needed to run and to read, and nothing of how it is made', () => {
    const single = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'sso.yaml']
    const translated = existsSync(join(repository, 'README.ja.md')) ? ['README.ja.md'] : []
    // What V8 compiled here is of use to this version of it alone, and nobody can read it.
    const isOurs = (path: string) => !path.startsWith('dist/compiled/')
    const expected = [...single, ...translated, ...['dist', 'schema', 'examples'].flatMap(below).filter(isOurs)]
    const paths = packed.files.map(({ path }) => path)
    expect(paths.toSorted()).toEqual(expected.toSorted())
    expect(paths.filter((path) => /\.(ts|map)$|(^|\/)(test|src|node_modules)\//.test(path))).toEqual([])
    expect(paths).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/THIRD_PARTY_LICENSES.txt']))
  })

  test('is small, and what runs can be run', () => {
    const { size, unpackedSize, files } = packed
    process.stdout.write(`the package: ${size} bytes, ${unpackedSize} unpacked, ${files.length} files\n`)
    expect(size).toBeLessThan(2_000_000)
    expect(files.find(({ path }) => path === 'dist/cli.js')?.mode).toBe(0o755)
  })

  test('says where it comes from', () => {
    const home = 'https://github.com/sso-reconcile/sso-reconcile'
    expect(JSON.parse(readFileSync(join(desk.work, 'node_modules/sso-reconcile/package.json'), 'utf8'))).toMatchObject({
      name: 'sso-reconcile',
      license: 'MIT',
      author: 'the sso-reconcile maintainers',
      homepage: `${home}#readme`,
      bugs: { url: `${home}/issues` },
      repository: { type: 'git', url: `git+${home}.git` },
      bin: { 'sso-reconcile': 'dist/cli.js' },
      engines: { node: '>=20.19' },
    })
  })

  const attempt = join(repository, 'scripts/try-package.mjs')

  test('installed for everybody, does with an empty home what a newcomer does', () => {
    const said = command(repository, newDesk(), [process.execPath, attempt, tarball])
    expect(said).toBe(
      `sso-reconcile ${JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).version} works with Node ${process.version}\n`,
    )
  })

  test.skipIf(named.length === 0 && !isFull).each(named.length > 0 ? named : versions)(
    'does so with Node %s too',
    (one) => {
      const folder = named.length > 0 ? one : fetched(one)
      if (folder === undefined) return
      const said = command(repository, newDesk(), [process.execPath, attempt, tarball, folder])
      expect(said).toContain(`works with Node ${command(repository, npm, [join(folder, 'node'), '--version'])}`)
    },
    600_000,
  )

  test('says what is wrong with one that does not work', () => {
    const broken = join(dirname(tarball), 'sso-reconcile-broken.tgz')
    writeFileSync(broken, 'no package')
    const refused = () => command(repository, newDesk(), [process.execPath, attempt, broken])
    expect(refused).toThrow(/error {2}npm install .* failed/)
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
