import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../../src/commands/index.ts'
import { anchor, commandsOn, pageAt, pages, root } from './pages.ts'

const ours = /^(?:[A-Z_]+=\S+ )*sso-reconcile /
const named = commands.map(({ name }) => name)

/** What is wrong with a command line of a page; undefined where it can be typed. */
function trouble(line: string): string | undefined {
  const words =
    line
      .replace(ours, '')
      .split(' ## ')[0]
      ?.match(/'[^']*'|\S+/g) ?? []
  const [name = '', ...rest] = words
  if (['--version', '--help', 'help'].includes(name)) return undefined
  const command = commands.find((one) => one.name === name)
  if (!command) return `there is no command ${name}`
  const end = rest.findIndex((word) => ['--', '>', '>>', '&', '|'].includes(word))
  const own = end < 0 ? rest : rest.slice(0, end)
  const flags = Object.values(command.options).flatMap(
    (option) => option.flags.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? [],
  )
  const unknown = own.filter((word) => word.startsWith('-') && !flags.includes(word))
  return unknown.length > 0 ? `${name} has no option ${unknown.join(', ')}` : undefined
}

/** Lines of the examples' comments and workflows that name a command. */
const inExamples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => `examples/${path}`)

test.each(pages)('every command line of %s exists, with its options', (path) => {
  const lines = commandsOn(pageAt(path), ours)
  expect(lines.map((line) => [line, trouble(line)]).filter(([, why]) => why)).toEqual([])
})

test.each(inExamples)('every command line of %s exists, with its options', (path) => {
  const text = readFileSync(join(root, path), 'utf8')
  const quoted = [...text.matchAll(/"(sso-reconcile [^"]*)"/g)].map(([, line = '']) => line)
  const shown = [...text.matchAll(/^(?:#|.*- run:) +(sso-reconcile .*?)(?: {2,}.*)?$/gm)].map(([, line = '']) => line)
  expect([...quoted, ...shown].map((line) => [line, trouble(line)]).filter(([, why]) => why)).toEqual([])
})

it('the check of command lines finds what is wrong', () => {
  expect(trouble('sso-reconcile plna')).toBe('there is no command plna')
  expect(trouble('sso-reconcile plan --chek -o plan.json')).toBe('plan has no option --chek')
  expect(trouble('AWS_PROFILE=x sso-reconcile login personal -- aws s3 ls --recursive')).toBeUndefined()
})

it('README.ja.md names the same commands, shows the same files and links to the same pages as README.md', () => {
  const [english, japanese] = [pageAt('README.md'), pageAt('README.ja.md')]
  const anything = /^(?:[A-Z_]+=\S+ )*(?:sso-reconcile|aws|npm|npx|export) /
  const sorted = (lines: readonly string[]) => [...new Set(lines)].toSorted()
  expect(commandsOn(english, ours).length).toBeGreaterThan(20)
  expect(sorted(commandsOn(japanese, anything))).toEqual(sorted(commandsOn(english, anything)))
  expect(japanese.blocks).toEqual(english.blocks)
  const others = (links: readonly string[]) => sorted(links.filter((link) => !/^README/.test(link)))
  expect(others(japanese.links)).toEqual(others(english.links))
})

it('README.md shows every command that a person starts with, and the two for a clone', () => {
  const lines = commandsOn(pageAt('README.md'), /^(sso-reconcile|npm) /)
  expect(lines).toEqual(expect.arrayContaining(['npm ci && npm run demo', 'npm ci && npm test']))
  const shown = new Set(lines.map((line) => line.split(' ')[1]))
  const first = ['init', 'validate', 'plan', 'apply', 'doctor', 'access', 'login', 'revoke', 'iam-policy']
  expect(first.filter((name) => !shown.has(name) || !named.includes(name))).toEqual([])
})

test.each(pages)('every npm script that %s names exists', (path) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  const lines = commandsOn(pageAt(path), /\bnpm run /)
  const missing = lines.flatMap((line) =>
    [...line.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name),
  )
  expect(missing.filter((name) => !Object.keys(scripts).includes(name ?? ''))).toEqual([])
})

test.each(pages)('every link of %s leads to a file, and to a heading of it', (path) => {
  const broken = pageAt(path)
    .links.filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => {
      const [file = '', fragment] = link.split('#')
      const target = file === '' ? path : normalize(join(dirname(path), file))
      if (!existsSync(join(root, target))) return true
      return fragment !== undefined && !pageAt(target).headings.map(anchor).includes(fragment)
    })
  expect(broken).toEqual([])
})

it('each issue form asks for something, and leads to pages that exist', () => {
  const folder = join(root, '.github/ISSUE_TEMPLATE')
  for (const name of readdirSync(folder)) {
    const form = parse(readFileSync(join(folder, name), 'utf8'))
    const ids = (form.body ?? []).flatMap((field: { id?: string }) => (field.id ? [field.id] : []))
    if (name !== 'config.yml')
      expect([name, form.name, form.description, new Set(ids).size]).toEqual([
        name,
        expect.any(String),
        expect.any(String),
        ids.length,
      ])
    for (const { url } of form.contact_links ?? []) expect(existsSync(join(root, url.split('/main/')[1]))).toBe(true)
  }
})
