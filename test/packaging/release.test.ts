import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { binary } from '../scenarios/e2e/support/binary.ts'
import { newFolder } from '../scenarios/e2e/support/desk.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { version, scripts } = JSON.parse(read('package.json')) as { version: string; scripts: Record<string, string> }

/** A workflow, as far as it is looked at. */
interface Workflow {
  readonly on: unknown
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

interface Job {
  readonly needs?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> }
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[]
}

const workflows = readdirSync(join(root, '.github/workflows'))
const workflow = (name: string): Workflow => parse(read(`.github/workflows/${name}`))
const runs = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))

/** Runs one of the scripts in a folder. */
function script(name: string, words: readonly string[], cwd = root, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts', name), ...words], {
    cwd,
    input,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe.each(workflows)('the workflow %s', (name) => {
  it('runs only what is there', () => {
    const said = runs(workflow(name)).join('\n')
    const named = [...said.matchAll(/(?:scripts\/[\w-]+\.mjs|\.ci\/run)/g)].map(([path]) => path)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
    const npm = [...said.matchAll(/npm run (?:--silent )?([\w-]+)/g)].map(([, one = '']) => one)
    expect(npm.filter((one) => !(one in scripts))).toEqual([])
    expect(named.length).toBeGreaterThan(0)
  })

  it('pins every action to a commit and says which version that is', () => {
    const uses = [...read(`.github/workflows/${name}`).matchAll(/uses: (.*)$/gm)].map(([, one = '']) => one)
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter((one) => !/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one))).toEqual([])
  })

  it('puts nothing that somebody else writes into a command', () => {
    expect(runs(workflow(name)).filter((run) => run.includes('${'))).toEqual([])
  })
})

describe('a release', () => {
  const { on, permissions, jobs } = workflow('release.yml')

  it('starts with a tag, and only the job that publishes can publish', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } })
    expect(permissions).toEqual({})
    expect(Object.entries(jobs).map(([name, job]) => [name, job.needs, job.permissions])).toEqual([
      ['package', undefined, { contents: 'read' }],
      ['npm', 'package', { 'id-token': 'write' }],
      ['github', 'npm', { contents: 'write' }],
    ])
  })

  it('checks the versions before anything else of ours, tests, packs once and publishes that, with provenance', () => {
    const steps = (name: string) => jobs[name]?.steps.flatMap(({ run }) => run ?? []) ?? []
    expect(steps('package')).toEqual([
      'npm ci --no-audit --no-fund',
      'node scripts/release-check.mjs "$GITHUB_REF_NAME"',
      '.ci/run',
      'npm pack --json --ignore-scripts > pack.json',
      'node scripts/try-package.mjs sso-reconcile-*.tgz',
      'node scripts/formula.mjs < pack.json > sso-reconcile.rb',
    ])
    expect(steps('npm')).toEqual(['npm publish ./sso-reconcile-*.tgz --provenance --access public'])
  })

  it('tries the oldest Node and the current ones', () => {
    const matrices = Object.values(workflow('ci.yml').jobs).map(({ strategy }) => strategy?.matrix.node)
    expect(matrices).toEqual([
      ['20.19', '22', '24'],
      ['20.19', '22', '24'],
    ])
    expect(JSON.parse(read('package.json')).engines.node).toBe('>=20.19')
  })
})

describe('the check of a release', () => {
  const place = (change: Readonly<Record<string, (text: string) => string>> = {}) => {
    const folder = newFolder()
    for (const file of ['package.json', 'package-lock.json', 'CHANGELOG.md'])
      writeFileSync(join(folder, file), (change[file] ?? ((text) => text))(read(file)))
    return folder
  }
  const dated = (text: string) => text.replace('## [Unreleased]', `## [Unreleased]\n\n## [${version}] - 2026-12-01`)

  it('finds that what is here agrees', () => {
    expect(script('release-check.mjs', [])).toMatchObject({ status: 0, stderr: '' })
  })

  it('lets a tag pass that package, lock file and changelog agree with', () => {
    const folder = place({ 'CHANGELOG.md': dated })
    expect(script('release-check.mjs', [`v${version}`], folder)).toMatchObject({
      status: 0,
      stdout: `version ${version}: package.json, package-lock.json, CHANGELOG.md and v${version} agree\n`,
    })
  })

  it.each([
    ['another tag', 'v9.9.9', { 'CHANGELOG.md': dated }, `the tag should be v${version}`],
    ['a tag without v', version, { 'CHANGELOG.md': dated }, `the tag should be v${version}`],
    ['a changelog without the version', `v${version}`, {}, `has no section ## [${version}] - YYYY-MM-DD`],
    [
      'a changelog without the day',
      `v${version}`,
      { 'CHANGELOG.md': (text: string) => dated(text).replace(' - 2026-12-01', '') },
      `tells no day for ${version}`,
    ],
    [
      'a changelog that is ahead',
      undefined,
      { 'CHANGELOG.md': (text: string) => text.replace('## [Unreleased]', '## [99.0.0] - 2026-12-01') },
      'package.json is still at',
    ],
    [
      'a lock file of another version',
      undefined,
      { 'package-lock.json': (text: string) => text.replace(`"version": "${version}"`, '"version": "0.0.1"') },
      'package-lock.json says 0.0.1',
    ],
  ])('refuses %s', (_, tag, change: Record<string, (text: string) => string>, sentence) => {
    const { status, stderr } = script('release-check.mjs', tag === undefined ? [] : [tag], place(change))
    expect(stderr).toContain(sentence)
    expect(status).toBe(1)
  })
})

describe('what is made of the tarball', () => {
  const folder = newFolder()
  const unpacked = join(folder, 'opt')
  let packed: { filename: string; files: readonly { path: string }[] }
  let json = ''

  beforeAll(() => {
    const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
    json = execFileSync('npm', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    packed = Object.values(JSON.parse(json) as Record<string, typeof packed>)[0] ?? packed
    mkdirSync(unpacked)
    // As the container file does it.
    const tar = ['-xzf', join(folder, packed.filename), '-C', unpacked, '--strip-components=1', '--no-same-owner']
    execFileSync('tar', tar)
  })

  it('the formula names the tarball of the release and its hash', () => {
    const { status, stdout } = script('formula.mjs', [folder], root, json)
    const sha256 = createHash('sha256')
      .update(readFileSync(join(folder, packed.filename)))
      .digest('hex')
    const home = 'https://github.com/sso-reconcile/sso-reconcile'
    expect(status).toBe(0)
    expect(stdout).toContain(
      `  url "${home}/releases/download/v${version}/sso-reconcile-${version}.tgz"\n  sha256 "${sha256}"\n`,
    )
    expect(stdout).not.toMatch(/@[A-Z0-9]+@|Template/)
    expect(stdout.startsWith('class SsoReconcile < Formula\n')).toBe(true)
  })

  it('no formula is made of a tarball that is not the one npm packed', () => {
    const other = newFolder()
    copyFileSync(join(folder, packed.filename), join(other, packed.filename))
    appendFileSync(join(other, packed.filename), 'x')
    expect(script('formula.mjs', [other], root, json)).toMatchObject({ status: 1, stdout: '' })
  })

  const noRuby = spawnSync('ruby', ['--version']).status !== 0
  if (noRuby) process.stdout.write('skipped: the syntax of the Homebrew formula (ruby is not on this machine)\n')

  it.skipIf(noRuby)('the formula is Ruby, filled in or not', () => {
    for (const text of [
      read('packaging/homebrew/sso-reconcile.rb'),
      script('formula.mjs', [folder], root, json).stdout,
    ])
      expect(spawnSync('ruby', ['-c'], { input: text, encoding: 'utf8' }).stdout).toBe('Syntax OK\n')
  })

  it('packed again from the tarball, as Homebrew does, it holds the same', () => {
    const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', newFolder()]
    const again = execFileSync('npm', words, { cwd: unpacked, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const [second] = Object.values(JSON.parse(again) as Record<string, typeof packed>)
    const paths = (one: typeof packed | undefined) => one?.files.map(({ path }) => path).toSorted()
    expect(paths(second)).toEqual(paths(packed))
  })

  it('unpacked and linked, as in the container, it runs', () => {
    const link = join(folder, 'sso-reconcile')
    symlinkSync(join(unpacked, 'dist/cli.js'), link)
    expect(execFileSync(link, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`)
  })

  it('the container runs as nobody special, from a pinned base, and holds nothing to build with', () => {
    const lines = read('packaging/Dockerfile')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines[0]).toMatch(/^ARG NODE=\d+\.\d+\.\d+-[a-z]+-slim$/)
    expect(lines.filter((line) => line.startsWith('FROM'))).toEqual(['FROM node:$NODE AS unpacked', 'FROM node:$NODE'])
    expect(lines.slice(-4)).toEqual(['USER node', 'WORKDIR /work', 'ENTRYPOINT ["sso-reconcile"]', 'CMD ["--help"]'])
    expect(lines.filter((line) => /apt-get|apk |curl|wget|npm (install|ci)/.test(line))).toEqual([])
    expect(read('packaging/Dockerfile.dockerignore')).toBe('*\n!sso-reconcile-*.tgz\n')
  })
})

it('the page for who publishes names only what is there', () => {
  const page = read('docs/releasing.md')
  const paths = [...page.matchAll(/(?<![\w/.-])(?:\.github|packaging|scripts|test)\/[\w./-]+\w|\.ci\/run/g)].map(
    ([path]) => path,
  )
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

it('nobody is told to let npx fetch the name while it is not published', () => {
  const texts = ['src', 'docs', 'examples', 'scripts', 'packaging', '.github', 'schema'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name)),
  )
  const pages = readdirSync(root).filter((name) => /\.(md|yaml)$/.test(name))
  const fetches =
    /\bnpx (?!--no-install)(?:-\S+ )*sso-reconcile|npm (?:i|install|exec) (?:-\S+ )*sso-reconcile(?![\w./-]*\.tgz)/
  const found = [...texts, ...pages.map((name) => join(root, name)), binary].filter((path) =>
    fetches.test(readFileSync(path, 'utf8')),
  )
  expect(found.map((path) => path.slice(root.length))).toEqual([])
})
